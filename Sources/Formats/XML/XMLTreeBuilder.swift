import CLibXML2
import Diagnostics
import Documents

/// Receives libxml2's SAX2 events and builds the tree; the only place where its pointers are seen.
final class XMLTreeBuilder {
  private struct Open {
    let node: NodeID
    var hasContent: Bool
    var textStart: Int
  }

  private let forest: UnsafeMutablePointer<Forest>
  private let depthLimit: Int
  private let keepsDeclarations: Bool
  private var open: [Open] = []
  private var context: xmlParserCtxtPtr?
  private var fault: ReadFault?

  private init(_ forest: UnsafeMutablePointer<Forest>, depthLimit: Int, keepsDeclarations: Bool) {
    self.forest = forest
    self.depthLimit = depthLimit
    self.keepsDeclarations = keepsDeclarations
  }

  /// Parses a document in valid UTF-8.
  static func build(
    _ bytes: [UInt8], depthLimit: Int, keepsDeclarations: Bool, into forest: inout Forest
  ) throws(ReadFault) {
    let fault = withUnsafeMutablePointer(to: &forest) { pointer in
      XMLTreeBuilder(pointer, depthLimit: depthLimit, keepsDeclarations: keepsDeclarations).parse(bytes)
    }
    if let fault { throw fault }
  }

  private func parse(_ bytes: [UInt8]) -> ReadFault? {
    guard let context = xmlNewParserCtxt() else {
      return ReadFault(problem: .xmlSyntax(expected: "no memory to read it"), offset: 0)
    }
    defer { xmlFreeParserCtxt(context) }
    self.context = context
    context.pointee.sax.pointee = Self.handlers()
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    // NOENT: else `&amp;` in an attribute comes as `&#38;`. Entities of a document's own can't be: a DOCTYPE
    // ends it all.
    let options =
      XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOCDATA.rawValue
    let document = bytes.withUnsafeBytes {
      xmlCtxtReadMemory(
        context, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), nil, nil, Int32(options))
    }
    if let document { xmlFreeDoc(document) }
    return fault ?? parserFault(context, size: bytes.count)
  }

  private func parserFault(_ context: xmlParserCtxtPtr, size: Int) -> ReadFault? {
    if context.pointee.wellFormed != 0, context.pointee.nsWellFormed != 0 { return nil }
    return ReadFault(problem: LibXML.problem(context.pointee.lastError.code), offset: min(position, size))
  }

  private var position: Int {
    guard let input = context?.pointee.input?.pointee, let base = input.base, let cur = input.cur else {
      return 0
    }
    return Int(input.consumed) + (cur - base)
  }

  /// The offset of the `<` of the tag that was just read.
  private var tagStart: Int {
    guard let input = context?.pointee.input?.pointee, let base = input.base, var cur = input.cur else {
      return 0
    }
    while cur > base, cur.pointee != UInt8(ascii: "<") { cur -= 1 }
    return Int(input.consumed) + (cur - base)
  }

  private func stop(_ problem: Problem, at offset: Int) {
    if fault == nil { fault = ReadFault(problem: problem, offset: offset) }
    xmlStopParser(context)
  }
}

// MARK: Events

extension XMLTreeBuilder {
  fileprivate static func handlers() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = XML_SAX2_MAGIC
    sax.internalSubset = { context, _, _, _ in
      XMLTreeBuilder.of(context).map { $0.stop(.doctypeRefused, at: $0.tagStart) }
    }
    sax.startElementNs = {
      context, local, _, uri, namespaceCount, namespaces, attributeCount, _, attributes in
      XMLTreeBuilder.of(context)?.start(
        local, uri, Int(attributeCount), attributes, (Int(namespaceCount), namespaces))
    }
    sax.endElementNs = { context, _, _, _ in XMLTreeBuilder.of(context)?.end() }
    sax.characters = { context, text, length in XMLTreeBuilder.of(context)?.characters(text, Int(length)) }
    sax.cdataBlock = { context, text, length in XMLTreeBuilder.of(context)?.characters(text, Int(length)) }
    sax.ignorableWhitespace = { context, text, length in
      XMLTreeBuilder.of(context)?.characters(text, Int(length))
    }
    sax.serror = { _, _ in }
    return sax
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
    context.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  private func start(
    _ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?, _ attributeCount: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
    _ declarations: (count: Int, UnsafeMutablePointer<UnsafePointer<xmlChar>?>?)
  ) {
    let offset = tagStart
    guard open.count < depthLimit else { return stop(.tooDeep(limit: depthLimit), at: offset) }
    flushText()
    if !open.isEmpty { open[open.count - 1].hasContent = true }
    let node = forest.pointee.open(
      .object, name: name(local, uri), offset: UInt32(truncatingIfNeeded: offset))
    let hasDeclarations = keepsDeclarations && declarations.count > 0
    if hasDeclarations { declare(declarations.count, declarations.1, offset) }
    for i in 0..<attributeCount {
      guard let attributes, let start = attributes[i * 5 + 3], let end = attributes[i * 5 + 4] else {
        continue
      }
      let value = appendText(start, end - start)
      let attribute = self.attribute(attributes[i * 5], attributes[i * 5 + 2])
      forest.pointee.leaf(.string, name: attribute, text: value, offset: UInt32(truncatingIfNeeded: offset))
    }
    let hasContent = attributeCount > 0 || hasDeclarations
    open.append(Open(node: node, hasContent: hasContent, textStart: forest.pointee.text.count))
  }

  /// Adds namespace declarations, pairs of a prefix and a URI, as attributes.
  private func declare(
    _ count: Int, _ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ offset: Int
  ) {
    guard let pairs else { return }
    for i in 0..<count {
      let prefix = pairs[i * 2].map { String(cString: $0) } ?? "xmlns"
      let uri = pairs[i * 2 + 1].map { String(cString: $0) } ?? ""
      let name = Array("$\(prefix)".utf8).withUnsafeBufferPointer {
        forest.pointee.intern($0, namespace: XMLReader.declarations)
      }
      let text = forest.pointee.append(uri)
      forest.pointee.leaf(.string, name: name, text: text, offset: UInt32(truncatingIfNeeded: offset))
    }
  }

  private func end() {
    guard let element = open.last else { return }
    if element.hasContent {
      flushText()
    } else {
      let length = forest.pointee.text.count - element.textStart
      forest.pointee[element.node].kind = .string
      forest.pointee[element.node].text = TextRange(start: element.textStart, length: length)
    }
    forest.pointee.close(element.node)
    open.removeLast()
    if !open.isEmpty { open[open.count - 1].textStart = forest.pointee.text.count }
  }

  private func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int) {
    guard let text, !open.isEmpty else { return }
    _ = appendText(text, length)
  }

  /// Makes a `$` child of the text since the last tag, unless it is only white space.
  private func flushText() {
    guard let element = open.last else { return }
    let range = TextRange(start: element.textStart, length: forest.pointee.text.count - element.textStart)
    let blank = forest.pointee.text.withElements { bytes in
      bytes[range.indices].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }
    guard !blank else { return }
    let own = Self.ownText.withUnsafeBufferPointer { forest.pointee.intern($0) }
    forest.pointee.leaf(.string, name: own, text: range, offset: UInt32(truncatingIfNeeded: position))
  }

  private static let ownText = [UInt8(ascii: "$")]

  private func appendText(_ start: UnsafePointer<xmlChar>, _ length: Int) -> TextRange {
    let at = forest.pointee.text.count
    forest.pointee.text.append(UnsafeBufferPointer(start: start, count: length))
    return TextRange(start: at, length: length)
  }

  private func name(_ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) -> NameID {
    guard let local else { return NameTable.unnamed }
    let bytes = UnsafeBufferPointer(start: local, count: Int(xmlStrlen(local)))
    guard let uri else { return forest.pointee.intern(bytes) }
    return forest.pointee.intern(bytes, namespace: String(cString: uri))
  }

  private func attribute(_ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) -> NameID {
    guard let local else { return NameTable.unnamed }
    let bytes = Self.ownText + UnsafeBufferPointer(start: local, count: Int(xmlStrlen(local)))
    return bytes.withUnsafeBufferPointer { bytes in
      guard let uri else { return forest.pointee.intern(bytes) }
      return forest.pointee.intern(bytes, namespace: String(cString: uri))
    }
  }
}
