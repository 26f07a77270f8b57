/// How a stream of bytes breaks the protocol; nothing that follows on the connection can be trusted.
public enum MLLPViolation: Error, Equatable, CaseIterable, CustomStringConvertible {
  /// Something other than line ends stands before a block.
  case noStart
  /// The end of a message is not followed by a CR.
  case noReturn
  /// Another message begins before the end of the one before.
  case startWithinMessage
  /// A message is longer than the limit.
  case tooLong

  /// One line for the operator.
  public var description: String {
    switch self {
    case .noStart: "bytes outside a block: <VT> (0x0B) was expected before a message"
    case .noReturn: "<FS> (0x1C) without <CR> (0x0D) behind it"
    case .startWithinMessage: "<VT> (0x0B) and MSH within a message: the message before it has no end"
    case .tooLong: "a message is longer than the limit"
    }
  }
}
