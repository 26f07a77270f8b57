/// Finds the messages in a stream of bytes, however it is cut into pieces.
///
/// The protocol is Release 1, `<VT>` message `<FS><CR>` (HL7 v2.5.1, section C.4; Release 2 has the same
/// block, and its commit blocks of one byte are messages like others here). What it leaves open is decided
/// so that no message is ever changed, cut short or made of two:
///
/// - Between blocks line ends (CR, LF) are skipped, since there are senders that write one behind each
///   block (Mirth #510). Anything else is a violation, as it is for HAPI; Mirth skips all up to the next VT.
/// - An FS must be followed by a CR, as for HAPI. An FS alone ends nothing and is no text either: a message
///   that holds one would be cut short by one reader and whole for another.
/// - A VT in a message belongs to it, as for HAPI and Mirth: word processors break lines with it. But when
///   `MSH` follows, a sender gave up and began anew, and the two are a violation, not one message.
/// - A block may be empty; it is a message of no bytes.
public struct MLLPBlockReader: Sendable {
  private enum Place {
    case between, within, afterEnd
  }

  private let maximumBytes: Int
  private var place = Place.between
  private var message: [UInt8] = []

  /// A reader of messages of up to that many bytes.
  public init(maximumBytes: Int) {
    self.maximumBytes = maximumBytes
  }

  /// Whether a block has begun and not ended.
  public var isWithinBlock: Bool { place != .between }

  /// Bytes that the reader keeps of a message that has begun.
  public var heldBytes: Int { message.count }

  /// Takes bytes from the front, up to the end of one message; nil when they all are taken before that.
  ///
  /// After a violation the reader is not to be used again.
  public mutating func next(_ bytes: inout ArraySlice<UInt8>) throws(MLLPViolation) -> [UInt8]? {
    while let first = bytes.first {
      switch place {
      case .between: try begin(first, &bytes)
      case .within: try take(&bytes)
      case .afterEnd:
        bytes.removeFirst()
        return try finish(first)
      }
    }
    return nil
  }

  private mutating func begin(_ first: UInt8, _ bytes: inout ArraySlice<UInt8>) throws(MLLPViolation) {
    bytes.removeFirst()
    if first == MLLPBlock.start {
      place = .within
    } else if !MLLPBlock.isFiller(first) {
      throw .noStart
    }
  }

  private mutating func take(_ bytes: inout ArraySlice<UInt8>) throws(MLLPViolation) {
    let end = bytes.position(of: MLLPBlock.end)
    let text = bytes[..<(end ?? bytes.endIndex)]
    guard message.count + text.count <= maximumBytes else { throw .tooLong }
    message += text
    bytes = bytes[text.endIndex...]
    guard end != nil else { return }
    bytes.removeFirst()
    place = .afterEnd
  }

  private mutating func finish(_ byte: UInt8) throws(MLLPViolation) -> [UInt8] {
    guard byte == MLLPBlock.carriageReturn else { throw .noReturn }
    guard !MLLPBlock.holdsAnother(message) else { throw .startWithinMessage }
    place = .between
    defer { message = [] }
    return message
  }
}
