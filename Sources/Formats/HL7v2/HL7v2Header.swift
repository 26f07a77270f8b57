import Diagnostics

/// What must be known of a message before it can be read: MSH-1, MSH-2 and MSH-18.
struct HL7v2Header {
  let delimiters: HL7v2Delimiters
  let characterSet: HL7v2CharacterSet
  /// Where `MSH` stands: behind a byte order mark and empty lines.
  let start: Int

  init(_ input: UnsafeBufferPointer<UInt8>) throws(ReadFault) {
    var start = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < input.count, HL7v2Parser.isLineEnd(input[start]) { start += 1 }
    guard start < input.count else { throw ReadFault(problem: .inputEmpty, offset: 0) }
    let rest = input[start...].prefix { !HL7v2Parser.isLineEnd($0) }
    guard rest.starts(with: "MSH".utf8), rest.count > 4 else {
      throw Self.fault("`MSH` and the delimiters, `MSH|^~\\&|`", start)
    }
    let field = rest[start + 3]
    let fields = rest[(start + 4)...].split(
      separator: field, maxSplits: 17, omittingEmptySubsequences: false)
    guard let delimiters = HL7v2Delimiters(field: field, encoding: fields[0]) else {
      throw Self.fault("delimiters: punctuation, each once, `|^~\\&`", start + 3)
    }
    self.delimiters = delimiters
    self.start = start
    let name = fields.count > 16 ? fields[16] : rest[rest.endIndex...]
    let first = name.prefix { $0 != delimiters.repetition && $0 != delimiters.component }
    guard let known = HL7v2CharacterSet(first) else {
      let told = String(decoding: first.prefix(40), as: UTF8.self)
      throw ReadFault(problem: .unknownCharacterSet(name: told), offset: first.startIndex)
    }
    characterSet = known
  }

  private static func fault(_ expected: String, _ offset: Int) -> ReadFault {
    ReadFault(problem: .hl7Syntax(expected: expected), offset: offset)
  }
}
