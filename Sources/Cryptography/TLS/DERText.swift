/// A text as DER writes it: tag, length in one byte, characters (X.690, section 8.23).
struct DERText {
  private static let utf8: UInt8 = 0x0C
  private static let printable: UInt8 = 0x13

  let text: String

  /// Nil for anything but a PrintableString or UTF8String of 1 to 127 bytes of visible ASCII and spaces.
  init?(_ der: [UInt8]) {
    guard der.count > 2, [Self.utf8, Self.printable].contains(der[0]), der[1] == der.count - 2, der[1] < 0x80
    else { return nil }
    let characters = der.dropFirst(2)
    guard characters.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    text = String(decoding: characters, as: UTF8.self)
  }
}
