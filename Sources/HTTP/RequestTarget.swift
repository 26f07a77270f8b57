/// A request target taken apart and decoded (RFC 9112 section 3.2: origin form and absolute form).
struct RequestTarget: Sendable {
  private(set) var path = "/"
  private(set) var query: [(name: String, value: String)] = []

  init() {}

  /// Nil when an escape is broken, decodes to a control character, a slash or text that is not UTF-8,
  /// or when the path climbs with `.` or `..`.
  init?(_ raw: [UInt8]) {
    let parts = Self.withoutAuthority(raw[...]).split(
      separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let path = Self.path(first) else { return nil }
    self.path = path
    guard parts.count == 2 else { return }
    for field in parts[1].split(separator: UInt8(ascii: "&")) {
      guard let pair = Self.field(field) else { return nil }
      query.append(pair)
    }
  }

  private static func withoutAuthority(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for scheme in ["http://", "https://"] where raw.starts(with: scheme.utf8) {
      let rest = raw.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") }
      return rest.isEmpty ? [UInt8(ascii: "/")] : rest
    }
    return raw
  }

  private static func path(_ raw: ArraySlice<UInt8>) -> String? {
    if raw.elementsEqual("*".utf8) { return "*" }
    guard raw.first == UInt8(ascii: "/"), let text = decoded(raw, inPath: true) else { return nil }
    let climbs = raw.contains(UInt8(ascii: ".")) || raw.contains(UInt8(ascii: "%"))
    guard climbs else { return text }
    return text.split(separator: "/").contains { $0 == "." || $0 == ".." } ? nil : text
  }

  private static func field(_ raw: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let parts = raw.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = decoded(parts[0], inPath: false) else { return nil }
    guard parts.count == 2 else { return (name, "") }
    return decoded(parts[1], inPath: false).map { (name, $0) }
  }

  private static func decoded(_ raw: ArraySlice<UInt8>, inPath: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var rest = raw
    while let byte = rest.popFirst() {
      guard byte > 0x20, byte < 0x7F else { return nil }
      switch byte {
      case UInt8(ascii: "%"):
        guard let escaped = escape(&rest, inPath: inPath) else { return nil }
        bytes.append(escaped)
      case UInt8(ascii: "+") where !inPath: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func escape(_ rest: inout ArraySlice<UInt8>, inPath: Bool) -> UInt8? {
    guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
      return nil
    }
    let byte = high << 4 | low
    let refused = inPath && (byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "/")) || byte == 0
    return refused ? nil : byte
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
