/// How `encode` and `decode` write bytes (RFC 4648).
enum TextEncoding: String {
  case base64, urlbase64, hex

  func encode(_ bytes: [UInt8]) -> String {
    switch self {
    case .hex: bytes.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    case .base64, .urlbase64: String(decoding: base64(bytes), as: UTF8.self)
    }
  }

  /// `nil` when the text is not written so.
  func decode(_ text: [UInt8]) -> [UInt8]? {
    switch self {
    case .hex: hex(text)
    case .base64, .urlbase64: unbase64(text)
    }
  }

  private var alphabet: [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    return letters + Array((self == .base64 ? "+/" : "-_").utf8)
  }

  private func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = alphabet
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        text.append(place <= part.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return text
  }

  private func unbase64(_ text: [UInt8]) -> [UInt8]? {
    let alphabet = alphabet
    let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard text.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    var (bits, count) = (0, 0)
    for letter in text.dropLast(padding) {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }

  private func hex(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 2) {
      let pair = String(decoding: text[start..<start + 2], as: UTF8.self)
      guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
