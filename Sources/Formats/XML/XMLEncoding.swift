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
  private static func declared(in bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    guard head.drop(while: { $0 == "\u{FEFF}" }).hasPrefix("<?xml"),
      let match = head.firstMatch(of: /\sencoding\s*=\s*["']([A-Za-z0-9._\-]+)["']/)
    else { return nil }
    return String(match.1)
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
