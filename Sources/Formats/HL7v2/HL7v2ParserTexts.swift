import Diagnostics
import Documents

// Texts between delimiters: section 2.7 of HL7 v2.5.1.
extension HL7v2Parser {
  /// Reads up to the next delimiter; without escapes the result lies in the input itself.
  @inline(__always)
  mutating func text(into forest: inout Forest) throws(ReadFault) -> Piece {
    let start = at
    var seen: UInt8 = 0
    while at < input.count {
      let byte = input[at]
      if special.contains(byte) { break }
      seen |= byte
      at += 1
    }
    if seen < 0x80, !isAt(delimiters.escape) { return plain(start) }
    return try decoded(from: start, into: &forest)
  }

  @inline(__always)
  private func plain(_ start: Int) -> Piece {
    let bytes = UnsafeBufferPointer(rebasing: input[start..<at])
    return HL7v2Escapes.isNull(bytes)
      ? Piece(text: .empty, offset: offset(start), isNull: true)
      : Piece(text: range(start, at - start), offset: offset(start))
  }

  @inline(never)
  private mutating func decoded(from start: Int, into forest: inout Forest) throws(ReadFault) -> Piece {
    let run = UnsafeBufferPointer(rebasing: input[start..<at])
    if characterSet == .utf8, !isAt(delimiters.escape), !HL7v2Escapes.hasSign(run) {
      try validate(start..<at)
      return plain(start)
    }
    let textStart = forest.text.count
    at = start
    while true {
      try appendRun(into: &forest)
      guard isAt(delimiters.escape) else { break }
      try escape(since: textStart, into: &forest)
    }
    let text = TextRange(start: textStart, length: forest.text.count - textStart)
    return Piece(text: text, offset: offset(start))
  }

  /// Appends what stands up to the next delimiter or escape, as UTF-8.
  private mutating func appendRun(into forest: inout Forest) throws(ReadFault) {
    let start = at
    while at < input.count, !special.contains(input[at]) { at += 1 }
    try append(start..<at, into: &forest)
  }

  private func append(_ run: Range<Int>, into forest: inout Forest) throws(ReadFault) {
    try validate(run)
    for index in run {
      let byte = input[index]
      if byte < 0x80 || characterSet == .utf8 {
        if HL7v2Escapes.isSign(input, at: index) { appendSign(into: &forest) }
        forest.text.append(byte)
      } else {
        forest.text.append(0xC0 | byte >> 6)
        forest.text.append(0x80 | byte & 0x3F)
      }
    }
  }

  private func appendSign(into forest: inout Forest) {
    for byte in HL7v2Escapes.sign { forest.text.append(byte) }
  }

  private func validate(_ run: Range<Int>) throws(ReadFault) {
    if let fault = characterSet.firstFault(in: UnsafeBufferPointer(rebasing: input[run])) {
      throw ReadFault(
        problem: .notInCharacterSet(name: characterSet.name), offset: run.lowerBound + fault)
    }
  }

  /// Reads a sequence from its first escape character; one that nothing ends is itself.
  private mutating func escape(since textStart: Int, into forest: inout Forest) throws(ReadFault) {
    let start = at + 1
    var end = start
    while end < input.count, !special.contains(input[end]) { end += 1 }
    guard end > start, end < input.count, input[end] == delimiters.escape else {
      forest.text.append(delimiters.escape)
      at = start
      return
    }
    at = end + 1
    let sequence = UnsafeBufferPointer(rebasing: input[start..<end])
    if sequence.count == 1, let delimiter = delimiter(sequence[0]) { return forest.text.append(delimiter) }
    if sequence.elementsEqual(HL7v2Escapes.quotes) {
      if forest.text.count == textStart, isAtEndOfText { return forest.text.append("\"\"") }
    } else if let text = characters(sequence, behindReturn: endsInReturn(forest, since: textStart)) {
      return forest.text.append(text)
    }
    appendSign(into: &forest)
    try append(start..<end, into: &forest)
    appendSign(into: &forest)
  }

  private func delimiter(_ letter: UInt8) -> UInt8? {
    let delimiter: UInt8? =
      switch letter {
      case UInt8(ascii: "F"): delimiters.field
      case UInt8(ascii: "S"): delimiters.component
      case UInt8(ascii: "T"): delimiters.subcomponent
      case UInt8(ascii: "R"): delimiters.repetition
      case UInt8(ascii: "E"): delimiters.escape
      default: nil
      }
    return delimiter == HL7v2Delimiters.none ? nil : delimiter
  }

  /// The characters that a sequence stands for. A line feed behind a carriage return would be written as one
  /// sequence for both, so there it is left as it is.
  private func characters(_ sequence: UnsafeBufferPointer<UInt8>, behindReturn: Bool) -> StaticString? {
    if sequence.elementsEqual(HL7v2Escapes.lineFeed) { return behindReturn ? nil : "\n" }
    if sequence.elementsEqual(HL7v2Escapes.carriageReturn) { return "\r" }
    return sequence.elementsEqual(HL7v2Escapes.both) ? "\r\n" : nil
  }

  private var isAtEndOfText: Bool { special.contains(peek) && !isAt(delimiters.escape) }

  private func endsInReturn(_ forest: borrowing Forest, since start: Int) -> Bool {
    forest.text.count > start && forest.text[forest.text.count - 1] == UInt8(ascii: "\r")
  }
}
