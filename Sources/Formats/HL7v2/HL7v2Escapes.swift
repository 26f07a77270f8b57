/// The escape sequences that stand for characters (HL7 v2.5.1, section 2.7), and the sign for all others.
///
/// `\F\ \S\ \T\ \R\ \E\` are the delimiters. `\.br\` is a line feed, `\X0D\` a carriage return, `\X0D0A\`
/// both, and `\X2222\` the text `""`, which bare would be null. Any other sequence has no character: in the
/// tree it keeps its text between two U+241B (␛), and is written as it came. A U+241B of the text itself
/// stands there twice.
enum HL7v2Escapes {
  /// U+241B in UTF-8.
  static let sign: [UInt8] = [0xE2, 0x90, 0x9B]
  static let lineFeed = Array(".br".utf8)
  static let carriageReturn = Array("X0D".utf8)
  static let both = Array("X0D0A".utf8)
  static let quotes = Array("X2222".utf8)

  /// Whether U+241B begins at an offset.
  @inline(__always)
  static func isSign(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    offset + 2 < text.count && text[offset] == 0xE2 && text[offset + 1] == 0x90 && text[offset + 2] == 0x9B
  }

  /// Whether U+241B occurs.
  static func hasSign(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.indices.contains { isSign(text, at: $0) }
  }

  /// Whether a text is the null of HL7, `""`.
  @inline(__always)
  static func isNull(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 2 && text[0] == UInt8(ascii: "\"") && text[1] == UInt8(ascii: "\"")
  }
}
