/// How patient an ``MLLPSender`` is.
public struct MLLPSenderConfiguration: Sendable {
  /// A connection must be made this long after the host's addresses are known, all of them together.
  public var connectDeadline: Duration = .seconds(10)
  /// The whole acknowledgement must be here this long after the sending began.
  public var answerDeadline: Duration = .seconds(30)
  /// The longest acknowledgement in bytes.
  public var maximumAnswerBytes = 1 << 20

  /// The defaults above.
  public init() {}
}
