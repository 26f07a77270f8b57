import Diagnostics
import Documents

// Strings: section 7 of RFC 8259.
extension JSONParser {
  /// Reads a string from its opening quote; without escapes the result lies in the input itself.
  @inline(__always)
  mutating func string(into forest: inout Forest) throws(ReadFault) -> TextRange {
    let start = at + 1
    let (end, seen) = plainRun(from: start)
    guard end < input.count, input[end] == UInt8(ascii: "\"") else {
      return try escapedString(from: start, into: &forest)
    }
    if seen >= 0x80 { try validate(start..<end) }
    at = end + 1
    return range(start, end - start)
  }

  /// The end of the run without quotes, escapes and control characters, and all its bits together: eight
  /// bytes at a time.
  @inline(__always)
  private func plainRun(from start: Int) -> (end: Int, seen: UInt8) {
    var end = start
    var seenWord: UInt64 = 0
    if let base = input.baseAddress.map(UnsafeRawPointer.init) {
      while end + 8 <= input.count {
        let word = base.loadUnaligned(fromByteOffset: end, as: UInt64.self)
        guard JSONWord.isPlain(word) else { break }
        seenWord |= word
        end += 8
      }
    }
    var seen: UInt8 = seenWord & 0x8080_8080_8080_8080 == 0 ? 0 : 0x80
    while end < input.count {
      let byte = input[end]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      seen |= byte
      end += 1
    }
    return (end, seen)
  }

  private func validate(_ range: Range<Int>) throws(ReadFault) {
    if let fault = UTF8Validation.firstFault(in: UnsafeBufferPointer(rebasing: input[range])) {
      throw ReadFault(problem: .notUTF8, offset: range.lowerBound + fault)
    }
  }

  private mutating func escapedString(from start: Int, into forest: inout Forest) throws(ReadFault)
    -> TextRange
  {
    let textStart = forest.text.count
    at = start
    while true {
      let run = at
      while at < input.count, input[at] != UInt8(ascii: "\""), input[at] != UInt8(ascii: "\\"),
        input[at] >= 0x20
      {
        at += 1
      }
      try validate(run..<at)
      forest.text.append(UnsafeBufferPointer(rebasing: input[run..<at]))
      switch peek {
      case UInt8(ascii: "\""):
        at += 1
        return TextRange(start: textStart, length: forest.text.count - textStart)
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &forest)
      default:
        throw expected(at < input.count ? "no control character in a string" : "the string's closing quote")
      }
    }
  }

  private mutating func escape(into forest: inout Forest) throws(ReadFault) {
    let letter = peek
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): forest.text.append(letter)
    case UInt8(ascii: "b"): forest.text.append(0x08)
    case UInt8(ascii: "f"): forest.text.append(0x0C)
    case UInt8(ascii: "n"): forest.text.append(0x0A)
    case UInt8(ascii: "r"): forest.text.append(0x0D)
    case UInt8(ascii: "t"): forest.text.append(0x09)
    case UInt8(ascii: "u"):
      at += 1
      let scalar = try unicodeEscape()
      for byte in UTF8.encode(scalar)?.makeIterator().map({ $0 }) ?? [] { forest.text.append(byte) }
      return
    default: throw expected("an escape: \" \\ / b f n r t u")
    }
    at += 1
  }

  private mutating func unicodeEscape() throws(ReadFault) -> Unicode.Scalar {
    let first = try hexQuad()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek == UInt8(ascii: "\\"), at + 1 < input.count, input[at + 1] == UInt8(ascii: "u")
    else {
      throw expected("a surrogate pair, not half of one")
    }
    at += 2
    let second = try hexQuad()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw expected("a low surrogate") }
    return scalar
  }

  private mutating func hexQuad() throws(ReadFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(peek)).hexDigitValue else {
        throw expected("four hex digits")
      }
      value = value << 4 + UInt32(digit)
      at += 1
    }
    return value
  }
}
