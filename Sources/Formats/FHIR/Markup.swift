/// Markup that is kept as it was written: FHIR's narratives are XHTML, which JSON holds as a text.
enum Markup {
  /// The element whose tag begins at an offset, to the end of its closing tag.
  /// - Parameter bytes: a well-formed document in UTF-8.
  static func element(at offset: Int, of bytes: [UInt8]) -> [UInt8] {
    var (at, depth) = (offset, 0)
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        at += 1
        continue
      }
      let tag = Tag(at: at, of: bytes)
      at = tag.end
      depth += tag.step
      if depth <= 0 { break }
    }
    return Array(bytes[min(offset, bytes.count)..<min(at, bytes.count)])
  }

  /// Likewise, with the declaration of its own namespace when that stands further out.
  static func standalone(at offset: Int, of bytes: [UInt8]) -> [UInt8] {
    let element = element(at: offset, of: bytes)
    let name = element.dropFirst().prefix { !" \t\r\n/>".utf8.contains($0) }
    let parts = name.split(separator: UInt8(ascii: ":"))
    let declaration = "xmlns" + (parts.count == 2 ? ":" + String(decoding: parts[0], as: UTF8.self) : "")
    let tag = String(decoding: element.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    if declares(declaration, tag) { return element }
    return [UInt8(ascii: "<")] + name + Array(" \(declaration)=\"\(FHIRXML.xhtml)\"".utf8)
      + element.dropFirst(1 + name.count)
  }

  private static func declares(_ declaration: String, _ tag: String) -> Bool {
    tag.split { " \t\r\n".contains($0) }.contains { $0.prefix { $0 != "=" } == declaration }
  }

  private struct Tag {
    let end: Int
    /// How much deeper the text behind it is.
    let step: Int

    init(at start: Int, of bytes: [UInt8]) {
      let rest = bytes[start...]
      if rest.starts(with: "<!--".utf8) {
        (end, step) = (Self.end(of: "-->", in: rest), 0)
      } else if rest.starts(with: "<![CDATA[".utf8) {
        (end, step) = (Self.end(of: "]]>", in: rest), 0)
      } else if rest.starts(with: "<?".utf8) {
        (end, step) = (Self.end(of: "?>", in: rest), 0)
      } else {
        let close = Self.close(of: rest)
        let isEnd = rest.dropFirst().first == UInt8(ascii: "/")
        let isEmpty = close > start && bytes[close - 1] == UInt8(ascii: "/")
        (end, step) = (close + 1, isEnd ? -1 : isEmpty ? 0 : 1)
      }
    }

    private static func end(of mark: String, in rest: ArraySlice<UInt8>) -> Int {
      let mark = Array(mark.utf8)
      return rest.indices.first { rest[$0...].starts(with: mark) }.map { $0 + mark.count } ?? rest.endIndex
    }

    /// The `>` of a tag; those in quoted attribute values do not count.
    private static func close(of tag: ArraySlice<UInt8>) -> Int {
      var quote: UInt8?
      for at in tag.indices {
        if let open = quote {
          if tag[at] == open { quote = nil }
        } else if tag[at] == UInt8(ascii: "\"") || tag[at] == UInt8(ascii: "'") {
          quote = tag[at]
        } else if tag[at] == UInt8(ascii: ">") {
          return at
        }
      }
      return tag.endIndex
    }
  }
}
