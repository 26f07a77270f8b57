/// Text as a message with certain delimiters and a certain character set writes it (HL7 v2.5.1, section 2.7
/// and table 0211).
struct HL7Text {
  private enum CharacterSet {
    case ascii, latin1, utf8
  }

  private let delimiters: Delimiters
  private let characterSet: CharacterSet

  /// The character set by its name in MSH-18; ASCII when it is another than 8859/1 or Unicode in UTF-8.
  init(_ delimiters: Delimiters, characterSet name: ArraySlice<UInt8>) {
    self.delimiters = delimiters
    characterSet =
      switch String(decoding: name, as: UTF8.self) {
      case "8859/1": .latin1
      case "UNICODE UTF-8": .utf8
      default: .ascii
      }
  }

  /// The text's first characters, escaped; control characters become spaces.
  func bytes(_ text: String, most: Int) -> [UInt8] {
    text.unicodeScalars.prefix(most).flatMap(bytes)
  }

  private func bytes(_ scalar: Unicode.Scalar) -> [UInt8] {
    guard scalar.value >= 0x80 else { return escaped(UInt8(truncatingIfNeeded: scalar.value)) }
    switch characterSet {
    case .utf8: return Array(String(Character(scalar)).utf8)
    case .latin1 where (0xA0...0xFF).contains(scalar.value): return [UInt8(truncatingIfNeeded: scalar.value)]
    case .latin1, .ascii: return [UInt8(ascii: "?")]
    }
  }

  private func escaped(_ byte: UInt8) -> [UInt8] {
    guard byte >= 0x20, byte != 0x7F else { return [UInt8(ascii: " ")] }
    guard let letter = letter(of: byte) else { return [byte] }
    return delimiters.escape.map { [$0, letter, $0] } ?? [UInt8(ascii: " ")]
  }

  private func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case delimiters.field: UInt8(ascii: "F")
    case delimiters.component: UInt8(ascii: "S")
    case delimiters.repetition: UInt8(ascii: "R")
    case delimiters.escape: UInt8(ascii: "E")
    case delimiters.subcomponent: UInt8(ascii: "T")
    default: nil
    }
  }
}
