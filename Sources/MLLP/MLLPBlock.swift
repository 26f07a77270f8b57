/// The block that carries one message: `<VT>`, the message, `<FS>`, `<CR>` (HL7 v2.5.1, section C.4.2).
public enum MLLPBlock {
  /// Starts a block: VT, 0x0B.
  public static let start: UInt8 = 0x0B
  /// Ends the message: FS, 0x1C.
  public static let end: UInt8 = 0x1C
  /// Follows the end: CR, 0x0D.
  public static let carriageReturn: UInt8 = 0x0D

  /// The block of a message.
  ///
  /// Nil when no block can carry it: it holds an FS, which would end it early, or a VT before `MSH`,
  /// as if another one began in it.
  public static func framing(_ message: [UInt8]) -> [UInt8]? {
    guard message[...].position(of: end) == nil, !holdsAnother(message) else { return nil }
    return [start] + message + [end, carriageReturn]
  }

  /// Whether a VT and `MSH` stand in a message, which therefore is one cut short and another.
  static func holdsAnother(_ message: [UInt8]) -> Bool {
    var rest = message[...]
    while let begin = rest.position(of: start) {
      rest = rest[(begin + 1)...]
      if rest.starts(with: "MSH".utf8) { return true }
    }
    return false
  }

  /// What may stand between blocks: line ends, which some senders write behind each.
  static func isFiller(_ byte: UInt8) -> Bool {
    byte == carriageReturn || byte == UInt8(ascii: "\n")
  }
}
