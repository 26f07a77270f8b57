/// A message's delimiters: MSH-1 and MSH-2 (HL7 v2.5.1, section 2.5.4).
struct Delimiters: Equatable {
  /// The usual ones, `|^~\&`.
  static let usual = Delimiters(field: UInt8(ascii: "|"), encoding: Array("^~\\&".utf8))

  let field: UInt8
  /// MSH-2: component, repetition, escape, subcomponent, truncation; each may be absent, the later first.
  let encoding: [UInt8]

  private init(field: UInt8, encoding: [UInt8]) {
    (self.field, self.encoding) = (field, encoding)
  }

  /// Nil when they are not punctuation, each once.
  init?(_ field: UInt8, _ encoding: some Collection<UInt8>) {
    let all = [field] + encoding
    guard (2...6).contains(all.count), Set(all).count == all.count, all.allSatisfy(Self.mayDelimit) else {
      return nil
    }
    self.init(field: field, encoding: Array(encoding))
  }

  var component: UInt8 { encoding[0] }
  var repetition: UInt8? { encoding.count > 1 ? encoding[1] : nil }
  var escape: UInt8? { encoding.count > 2 ? encoding[2] : nil }
  var subcomponent: UInt8? { encoding.count > 3 ? encoding[3] : nil }

  private static func mayDelimit(_ byte: UInt8) -> Bool {
    let isWord = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    return byte > 0x20 && byte < 0x7F && !isWord && byte != UInt8(ascii: "\"")
  }
}

/// One segment of a message, in the message's own bytes.
struct Segment {
  let delimiters: Delimiters
  /// The name first, then the fields: of MSH, whose first field is the separator itself, from MSH-2 on.
  private let pieces: [ArraySlice<UInt8>]
  private let isHeader: Bool

  fileprivate init(_ line: ArraySlice<UInt8>, _ delimiters: Delimiters) {
    self.delimiters = delimiters
    pieces = line.split(separator: delimiters.field, omittingEmptySubsequences: false)
    isHeader = line.starts(with: "MSH".utf8)
  }

  var name: ArraySlice<UInt8> { pieces.first ?? [] }

  /// A field by its number in the standard; empty when it is not there, or MSH-1.
  subscript(_ number: Int) -> ArraySlice<UInt8> {
    let index = isHeader ? number - 1 : number
    return index > 0 && index < pieces.count ? pieces[index] : []
  }

  /// A component of a field's first repetition, both counted from 1.
  subscript(_ number: Int, _ component: Int) -> ArraySlice<UInt8> {
    let first = delimiters.repetition.map { mark in self[number].prefix { $0 != mark } } ?? self[number]
    return Self.part(component, of: first, delimiters.component)
  }

  /// A subcomponent, counted from 1.
  subscript(_ number: Int, _ component: Int, _ subcomponent: Int) -> ArraySlice<UInt8> {
    guard let mark = delimiters.subcomponent else { return subcomponent == 1 ? self[number, component] : [] }
    return Self.part(subcomponent, of: self[number, component], mark)
  }

  private static func part(
    _ number: Int, of bytes: ArraySlice<UInt8>, _ separator: UInt8
  ) -> ArraySlice<UInt8> {
    let parts = bytes.split(separator: separator, maxSplits: number, omittingEmptySubsequences: false)
    return number <= parts.count ? parts[number - 1] : []
  }
}

extension Segment {
  /// The MSH that a message begins with, after a byte order mark and empty lines; nil when it begins with
  /// anything else, or its delimiters cannot delimit.
  static func header(of message: [UInt8]) -> Segment? {
    let body = message.starts(with: [0xEF, 0xBB, 0xBF]) ? message.dropFirst(3) : message[...]
    let line = body.drop(while: isLineEnd).prefix { !isLineEnd($0) }
    guard line.starts(with: "MSH".utf8), line.count > 4 else { return nil }
    let field = line[line.startIndex + 3]
    let encoding = line.dropFirst(4).prefix { $0 != field }
    return Delimiters(field, encoding).map { Segment(line, $0) }
  }

  /// The first segment of that name in a message with those delimiters.
  static func first(_ name: String, in message: [UInt8], _ delimiters: Delimiters) -> Segment? {
    let start = Array(name.utf8) + [delimiters.field]
    let line = message.split(whereSeparator: isLineEnd).first { $0.starts(with: start) }
    return line.map { Segment($0, delimiters) }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }
}
