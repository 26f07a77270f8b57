import Documents

/// What a message's bytes stand for: the first value of MSH-18 (HL7 table 0211).
enum HL7v2CharacterSet {
  case utf8, latin1, ascii

  /// Nothing in MSH-18 is read as UTF-8, of which ASCII, the standard's default, is a part.
  init?(_ name: some Collection<UInt8>) {
    switch String(decoding: name, as: UTF8.self) {
    case "", "\"\"", "UNICODE UTF-8", "UTF-8": self = .utf8
    case "8859/1": self = .latin1
    case "ASCII": self = .ascii
    default: return nil
    }
  }

  /// How MSH-18 calls it.
  var name: String {
    switch self {
    case .utf8: "UNICODE UTF-8"
    case .latin1: "8859/1"
    case .ascii: "ASCII"
    }
  }

  /// The first byte that this character set does not have; of ISO 8859-1 the control characters 0x80 to 0x9F,
  /// where windows-1252 has quotation marks.
  func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    switch self {
    case .utf8: UTF8Validation.firstFault(in: bytes)
    case .latin1: bytes.firstIndex { $0 >= 0x80 && $0 < 0xA0 }
    case .ascii: bytes.firstIndex { $0 >= 0x80 }
    }
  }

  /// Appends UTF-8 in this character set; the first character that it does not have ends it.
  /// - Returns: whether it has all.
  func encode(_ text: UnsafeBufferPointer<UInt8>, to out: inout Arena<UInt8>) -> Bool {
    guard self != .utf8 else {
      out.append(text)
      return true
    }
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte < 0x80 {
        out.append(byte)
        at += 1
      } else {
        // U+00A0 to U+00FF are C2 A0 to C3 BF.
        guard self == .latin1, byte == 0xC2 || byte == 0xC3, at + 1 < text.count else { return false }
        let character = byte << 6 | text[at + 1] & 0x3F
        guard character >= 0xA0 else { return false }
        out.append(character)
        at += 2
      }
    }
    return true
  }
}
