public import Documents

/// Writes a tree as JSON in UTF-8: what ``JSONReader`` reads back is the same tree.
public struct JSONWriter: Sendable {
  private let spellings: NameSpellings
  private let pretty: Bool

  /// A writer for forests with these names.
  /// - Parameter pretty: two spaces a level and line feeds, for people; else no white space.
  public init(names: NameTable, pretty: Bool = false) {
    self.pretty = pretty
    spellings = NameSpellings(names) { id in
      var quoted = Arena<UInt8>(capacity: 32)
      let local = names.local(id)
      local.withUnsafeBufferPointer { JSONWriter.quote($0, to: &quoted) }
      quoted.append(UInt8(ascii: ":"))
      return quoted.withElements { Array($0) }
    }
  }

  /// Appends one tree.
  public func write(_ node: NodeID, of forest: borrowing Forest, to out: inout Arena<UInt8>) {
    write(node, forest, level: 0, &out)
  }

  /// One tree as bytes.
  public func bytes(_ node: NodeID, of forest: borrowing Forest) -> [UInt8] {
    var out = Arena<UInt8>(capacity: 1024)
    write(node, of: forest, to: &out)
    return out.withElements { Array($0) }
  }

  private func write(_ node: NodeID, _ forest: borrowing Forest, level: Int, _ out: inout Arena<UInt8>) {
    let record = forest[node]
    switch record.kind {
    case .string:
      forest.text.withElements {
        JSONWriter.quote(UnsafeBufferPointer(rebasing: $0[record.text.indices]), to: &out)
      }
    case .number, .boolean:
      forest.text.withElements { out.append(UnsafeBufferPointer(rebasing: $0[record.text.indices])) }
    case .null: out.append("null")
    case .object: children(node, record.end, forest, level, ("{", "}"), named: true, &out)
    case .array: children(node, record.end, forest, level, ("[", "]"), named: false, &out)
    }
  }

  private func children(
    _ node: NodeID, _ end: NodeID, _ forest: borrowing Forest, _ level: Int,
    _ brackets: (UInt8Literal, UInt8Literal), named: Bool, _ out: inout Arena<UInt8>
  ) {
    out.append(brackets.0.byte)
    var child = node + 1
    while child < end {
      if child > node + 1 { out.append(UInt8(ascii: ",")) }
      if pretty { newLine(level + 1, &out) }
      if named { name(of: child, forest, &out) }
      write(child, forest, level: level + 1, &out)
      child = forest[child].end
    }
    if pretty, end > node + 1 { newLine(level, &out) }
    out.append(brackets.1.byte)
  }

  @inline(__always)
  private func name(of node: NodeID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    let name = forest[node].name
    if forest.isForeign(name) {
      forest.localName(name).withUnsafeBufferPointer { JSONWriter.quote($0, to: &out) }
      out.append(UInt8(ascii: ":"))
    } else {
      spellings.write(name, to: &out)
    }
    if pretty { out.append(UInt8(ascii: " ")) }
  }

  private func newLine(_ level: Int, _ out: inout Arena<UInt8>) {
    out.append(UInt8(ascii: "\n"))
    out.append(repeating: UInt8(ascii: " "), count: level * 2)
  }
}

/// A bracket, written as a string literal.
struct UInt8Literal: ExpressibleByUnicodeScalarLiteral {
  let byte: UInt8
  init(unicodeScalarLiteral value: Unicode.Scalar) { byte = UInt8(truncatingIfNeeded: value.value) }
}
