public import Documents

/// Writes a tree as XML in UTF-8: what ``XMLReader`` reads back is the same tree.
///
/// Namespaces are declared at the root with the shape's prefixes. Array nodes are written as repeated
/// elements.
public struct XMLWriter: Sendable {
  private let names: NameTable
  /// What each namespace is written with.
  private var prefixes: NamespacePrefixes
  /// `name` and `name>`; of attributes without the `$`.
  private let locals: NameSpellings
  private let closedLocals: NameSpellings
  private let isAttribute: [Bool]
  private let ownText: NameID?

  /// A writer for forests with these names, with the prefixes that shapes first asked for.
  public init(names: NameTable) {
    self.names = names
    prefixes = names.prefixes()
    ownText = names.find("$")
    isAttribute = (0..<names.count).map { names.local(NameID($0)).first == UInt8(ascii: "$") }
    locals = NameSpellings(names) { Self.bare($0, names) }
    closedLocals = NameSpellings(names) { Self.bare($0, names) + [UInt8(ascii: ">")] }
  }

  /// The same writer with the prefixes of a shape, all namespaces having one.
  public func with(_ prefixes: NamespacePrefixes) -> XMLWriter {
    var writer = self
    writer.prefixes = prefixes
    return writer
  }

  private static func bare(_ id: NameID, _ names: NameTable) -> [UInt8] {
    let local = names.local(id)
    return local.first == UInt8(ascii: "$") ? Array(local.dropFirst()) : local
  }

  /// Appends one document with its XML declaration.
  public func write(_ node: NodeID, of forest: borrowing Forest, to out: inout Arena<UInt8>) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    element(node, forest, isRoot: true, &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// One document as bytes.
  public func bytes(_ node: NodeID, of forest: borrowing Forest) -> [UInt8] {
    var out = Arena<UInt8>(capacity: 4096)
    write(node, of: forest, to: &out)
    return out.withElements { Array($0) }
  }

  private func element(_ node: NodeID, _ forest: borrowing Forest, isRoot: Bool, _ out: inout Arena<UInt8>) {
    let record = forest[node]
    if !isRoot, !forest.isForeign(record.name), record.kind == .string, record.text.length > 0 {
      out.append(UInt8(ascii: "<"))
      write(prefixOf: record.name, to: &out)
      closedLocals.write(record.name, to: &out)
      text(record.text, forest, inAttribute: false, &out)
      return end(record.name, &out)
    }
    start(record.name, forest, &out)
    if isRoot { declareNamespaces(from: node, to: record.end, forest, &out) }
    if forest.isForeign(record.name) { declareForeign(record.name, forest, &out) }
    guard record.kind == .object else { return value(record, forest, &out) }
    let content = attributes(of: node, record.end, forest, &out)
    guard content < record.end else { return out.append("/>") }
    out.append(UInt8(ascii: ">"))
    children(from: content, to: record.end, forest, &out)
    close(record.name, forest, &out)
  }

  private func value(_ record: Node, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    guard record.text.length > 0 else { return out.append("/>") }
    out.append(UInt8(ascii: ">"))
    text(record.text, forest, inAttribute: false, &out)
    close(record.name, forest, &out)
  }

  private func children(
    from first: NodeID, to end: NodeID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>
  ) {
    var child = first
    while child < end {
      let record = forest[child]
      if isText(record.name, forest) {
        text(record.text, forest, inAttribute: false, &out)
      } else {
        element(child, forest, isRoot: false, &out)
      }
      child = record.end
    }
  }

  /// Writes the attributes, which stand first, and returns the first child that is none.
  private func attributes(
    of node: NodeID, _ end: NodeID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>
  ) -> NodeID {
    var child = node + 1
    while child < end {
      let record = forest[child]
      guard isAttribute(record.name, forest), !isText(record.name, forest) else { break }
      out.append(UInt8(ascii: " "))
      write(attribute: record.name, forest, &out)
      out.append("=\"")
      text(record.text, forest, inAttribute: true, &out)
      out.append(UInt8(ascii: "\""))
      child = record.end
    }
    return child
  }

  private func close(_ name: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    guard forest.isForeign(name) else { return end(name, &out) }
    out.append("</")
    forest.localName(name).withUnsafeBufferPointer { out.append($0) }
    out.append(UInt8(ascii: ">"))
  }
}

// MARK: Names

extension XMLWriter {
  @inline(__always)
  private func isAttribute(_ name: NameID, _ forest: borrowing Forest) -> Bool {
    forest.isForeign(name) ? forest.localName(name).first == UInt8(ascii: "$") : isAttribute[Int(name)]
  }

  private func isText(_ name: NameID, _ forest: borrowing Forest) -> Bool {
    forest.isForeign(name)
      ? isAttribute(name, forest) && forest.localName(name).count == 1 : name == ownText
  }

  @inline(__always)
  private func write(prefixOf name: NameID, to out: inout Arena<UInt8>) {
    prefixes.texts[Int(names.namespace(name))].withUnsafeBufferPointer { out.append($0) }
  }

  @inline(__always)
  private func write(_ name: NameID, to out: inout Arena<UInt8>) {
    write(prefixOf: name, to: &out)
    locals.write(name, to: &out)
  }

  @inline(__always)
  private func end(_ name: NameID, _ out: inout Arena<UInt8>) {
    out.append("</")
    write(prefixOf: name, to: &out)
    closedLocals.write(name, to: &out)
  }

  @inline(__always)
  private func start(_ name: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    out.append(UInt8(ascii: "<"))
    guard forest.isForeign(name) else { return write(name, to: &out) }
    forest.localName(name).withUnsafeBufferPointer { out.append($0) }
  }

  private func write(attribute name: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    guard forest.isForeign(name) else { return write(name, to: &out) }
    let uri = forest.namespaceURI(name)
    if !uri.isEmpty {
      out.append("xmlns:x=\"")
      Array(uri.utf8).withUnsafeBufferPointer { escape($0, inAttribute: true, &out) }
      out.append("\" x:")
    }
    forest.localName(name).dropFirst().withContiguousStorageIfAvailable { out.append($0) }
  }

  /// A foreign element declares its own default namespace.
  private func declareForeign(_ name: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    out.append(" xmlns=\"")
    Array(forest.namespaceURI(name).utf8).withUnsafeBufferPointer { escape($0, inAttribute: true, &out) }
    out.append(UInt8(ascii: "\""))
  }

  private func declareNamespaces(
    from node: NodeID, to end: NodeID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>
  ) {
    var used = [Bool](repeating: false, count: names.namespaces.count)
    for id in node..<end where !forest.isForeign(forest[id].name) {
      used[Int(names.namespace(forest[id].name))] = true
    }
    for index in prefixes.order where used[index] {
      out.append(" xmlns:")
      prefixes.texts[index].dropLast().withContiguousStorageIfAvailable { out.append($0) }
      out.append("=\"")
      Array(names.namespaces[index].utf8).withUnsafeBufferPointer { escape($0, inAttribute: true, &out) }
      out.append(UInt8(ascii: "\""))
    }
  }
}

// MARK: Text

extension XMLWriter {
  private func text(
    _ range: TextRange, _ forest: borrowing Forest, inAttribute: Bool, _ out: inout Arena<UInt8>
  ) {
    forest.text.withElements {
      escape(UnsafeBufferPointer(rebasing: $0[range.indices]), inAttribute: inAttribute, &out)
    }
  }

  private func escape(_ text: UnsafeBufferPointer<UInt8>, inAttribute: Bool, _ out: inout Arena<UInt8>) {
    var run = 0
    for at in 0..<text.count {
      guard let escaped = Self.escaped(text[at], inAttribute) else { continue }
      out.append(UnsafeBufferPointer(rebasing: text[run..<at]))
      out.append(escaped)
      run = at + 1
    }
    out.append(UnsafeBufferPointer(rebasing: text[run...]))
  }

  /// A bit for each byte below 64 that may need escaping.
  @inline(__always)
  private static var special: UInt64 {
    1 << 0x09 | 1 << 0x0A | 1 << 0x0D | 1 << 0x22 | 1 << 0x26 | 1 << 0x3C | 1 << 0x3E
  }

  @inline(__always)
  private static func escaped(_ byte: UInt8, _ inAttribute: Bool) -> StaticString? {
    guard byte < 64, (special >> UInt64(byte)) & 1 == 1 else { return nil }
    switch byte {
    case UInt8(ascii: "&"): return "&amp;"
    case UInt8(ascii: "<"): return "&lt;"
    case UInt8(ascii: ">"): return "&gt;"
    case 0x0D: return "&#13;"
    case UInt8(ascii: "\"") where inAttribute: return "&quot;"
    case 0x0A where inAttribute: return "&#10;"
    case 0x09 where inAttribute: return "&#9;"
    default: return nil
    }
  }
}
