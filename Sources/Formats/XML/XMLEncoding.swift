import Diagnostics

/// Finds out a document's encoding (XML 1.0, appendix F) and brings it to UTF-8.
enum XMLEncoding {
  /// The document in UTF-8, or `nil` when it already is.
  static func transcoded(_ bytes: [UInt8]) throws(ReadFault) -> [UInt8]? {
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, high: 0) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, high: 1) }
    switch declared(in: bytes)?.uppercased() {
    case nil, "UTF-8", "US-ASCII", "ASCII":
      if let fault = bytes.withUnsafeBufferPointer({ UTF8Validation.firstFault(in: $0) }) {
        throw ReadFault(problem: .notUTF8, offset: fault)
      }
      return nil
    case "ISO-8859-1", "LATIN1":
      return Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
    case .some(let other):
      throw ReadFault(problem: .unknownEncoding(name: String(other.prefix(40))), offset: 0)
    }
  }

  /// The encoding named in the XML declaration.
  ///
  /// By hand, for it is looked for in every document: a regular expression took a quarter of an answer to NPÖ.
  private static func declared(in bytes: [UInt8]) -> String? {
    let head = bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }
    var rest = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head
    guard rest.starts(with: "<?xml".utf8) else { return nil }
    while let space = rest.firstIndex(where: isSpace) {
      rest = rest[(space + 1)...]
      if rest.starts(with: "encoding".utf8), let name = value(behind: rest.dropFirst(8)) { return name }
    }
    return nil
  }

  /// What stands in quotes behind an equals sign (XML 1.0, production 80); nil where that is no name.
  private static func value(behind attribute: ArraySlice<UInt8>) -> String? {
    let rest = attribute.drop(while: isSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    let value = rest.dropFirst().drop(while: isSpace)
    guard let quote = value.first, isQuote(quote) else { return nil }
    let name = value.dropFirst().prefix(while: isNameByte)
    guard !name.isEmpty, value.dropFirst(name.count + 1).first.map(isQuote) == true else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func utf16(_ bytes: [UInt8], high: Int) throws(ReadFault) -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + 1 - high])
    }
    var decoder = UTF16()
    var iterator = units.makeIterator()
    var out: [UInt8] = []
    out.reserveCapacity(units.count)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): out += UTF8.encode(scalar).map(Array.init) ?? []
      case .emptyInput: return out
      case .error: throw ReadFault(problem: .unknownEncoding(name: "broken UTF-16"), offset: 0)
      }
    }
  }
}
