import Diagnostics
import Documents

/// What one message is written with, and how far it has come.
struct HL7v2WritingRun {
  /// Texts of the message's MSH.
  struct Header {
    var field = TextRange.empty
    var encoding = TextRange.empty
    var characterSet = TextRange.empty
  }

  private(set) var delimiters = HL7v2Delimiters()
  private(set) var segments = 0
  /// The field at hand.
  var field = 0
  private var characterSet = HL7v2CharacterSet.utf8
  private var special = HL7v2Delimiters().special
  private var encoding = Array("^~\\&".utf8)
  private var segment: NameID = NameTable.unnamed
  private var segmentStart: Int

  init(start: Int) { segmentStart = start }

  mutating func beginSegment(_ name: NameID, at offset: Int) {
    segments += 1
    segment = name
    segmentStart = offset
    field = 0
  }

  mutating func takeHeader(_ header: Header, _ forest: borrowing Forest) throws(WritingFault) {
    let field = header.field.length > 0 ? forest.text[Int(header.field.start)] : delimiters.field
    if header.encoding.length > 0 {
      encoding = forest.text.withElements { Array($0[header.encoding.indices]) }
    }
    guard let delimiters = HL7v2Delimiters(field: field, encoding: encoding) else {
      throw fault(.hl7Syntax(expected: "delimiters: punctuation, each once, `|^~\\&`"), forest)
    }
    let name = forest.text.withElements { Array($0[header.characterSet.indices]) }
    guard let characterSet = HL7v2CharacterSet(name) else {
      throw fault(.unknownCharacterSet(name: String(decoding: name.prefix(40), as: UTF8.self)), forest)
    }
    self.delimiters = delimiters
    self.characterSet = characterSet
    special = delimiters.special
  }

  /// MSH-1 and MSH-2 as they are.
  func writeHeader(to out: inout Arena<UInt8>) {
    out.append(delimiters.field)
    encoding.withUnsafeBufferPointer { out.append($0) }
  }

  /// Appends a text, escaped.
  @inline(__always)
  func write(_ range: TextRange, of forest: borrowing Forest, to out: inout Arena<UInt8>) throws(WritingFault)
  {
    let isWritten = forest.text.withElements { bytes -> Bool in
      let text = UnsafeBufferPointer(rebasing: bytes[range.indices])
      guard isPlain(text) else { return writeEscaped(text, to: &out) }
      out.append(text)
      return true
    }
    if !isWritten { throw fault(.notInCharacterSet(name: characterSet.name), forest) }
  }

  /// Whether a text stands for itself.
  @inline(__always)
  private func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text where special.contains(byte) || byte >= 0x80 && (byte == 0xE2 || characterSet != .utf8) {
      return false
    }
    return !HL7v2Escapes.isNull(text)
  }

  /// Without an escape character a message can't have its delimiters in texts.
  private func writeEscaped(_ text: UnsafeBufferPointer<UInt8>, to out: inout Arena<UInt8>) -> Bool {
    if HL7v2Escapes.isNull(text) { return escape(HL7v2Escapes.quotes, to: &out) }
    var at = 0
    while at < text.count {
      let start = at
      while at < text.count, !special.contains(text[at]), !HL7v2Escapes.isSign(text, at: at) { at += 1 }
      let run = UnsafeBufferPointer(rebasing: text[start..<at])
      guard characterSet.encode(run, to: &out) else { return false }
      guard at < text.count else { return true }
      let taken =
        HL7v2Escapes.isSign(text, at: at) ? writeSign(text, at, to: &out) : writeSpecial(text, at, to: &out)
      guard let taken else { return false }
      at += taken
    }
    return true
  }

  private func escape(_ sequence: some Sequence<UInt8>, to out: inout Arena<UInt8>) -> Bool {
    guard delimiters.escape != HL7v2Delimiters.none else { return false }
    out.append(delimiters.escape)
    for byte in sequence { out.append(byte) }
    out.append(delimiters.escape)
    return true
  }

  /// How many bytes a special one and what belongs to it are; `nil` when it can't be written.
  private func writeSpecial(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int, to out: inout Arena<UInt8>
  ) -> Int? {
    let isBoth = text[at] == UInt8(ascii: "\r") && at + 1 < text.count && text[at + 1] == UInt8(ascii: "\n")
    let sequence: [UInt8] =
      switch text[at] {
      case UInt8(ascii: "\n"): HL7v2Escapes.lineFeed
      case UInt8(ascii: "\r"): isBoth ? HL7v2Escapes.both : HL7v2Escapes.carriageReturn
      case delimiters.field: [UInt8(ascii: "F")]
      case delimiters.component: [UInt8(ascii: "S")]
      case delimiters.subcomponent: [UInt8(ascii: "T")]
      case delimiters.repetition: [UInt8(ascii: "R")]
      default: [UInt8(ascii: "E")]
      }
    return escape(sequence, to: &out) ? (isBoth ? 2 : 1) : nil
  }

  /// A sign that stands twice is itself; between two stands a sequence as it came; else it is itself too.
  private func writeSign(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int, to out: inout Arena<UInt8>
  ) -> Int? {
    let start = at + HL7v2Escapes.sign.count
    if !HL7v2Escapes.isSign(text, at: start) {
      var end = start
      while end < text.count, !special.contains(text[end]), !HL7v2Escapes.isSign(text, at: end) { end += 1 }
      if end < text.count, HL7v2Escapes.isSign(text, at: end) {
        let sequence = UnsafeBufferPointer(rebasing: text[start..<end])
        var encoded = Arena<UInt8>(capacity: sequence.count)
        guard characterSet.encode(sequence, to: &encoded), encoded.withElements({ escape($0, to: &out) })
        else { return nil }
        return end + HL7v2Escapes.sign.count - at
      }
    }
    let isTwice = HL7v2Escapes.isSign(text, at: start)
    let sign = UnsafeBufferPointer(rebasing: text[at..<start])
    return characterSet.encode(sign, to: &out) ? (isTwice ? 2 : 1) * sign.count : nil
  }

  private func fault(_ problem: Problem, _ forest: borrowing Forest) -> WritingFault {
    let name = String(decoding: forest.localName(segment), as: UTF8.self)
    let path = field > 0 ? "\(name)-\(field)" : name
    return WritingFault(problem: problem, offset: 0, path: path)
  }
}
