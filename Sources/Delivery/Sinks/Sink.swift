/// Where deliveries go: a system behind a protocol.
public protocol Sink: Sendable {
  /// Sends a document and reports once, on any thread.
  func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void)

  /// Ends what is under way, which is reported as unanswered, and everything later.
  func close()
}

/// What became of an attempt. Problems are short and hold nothing of a message.
public enum SinkOutcome: Sendable, Equatable {
  /// The receiver has it.
  case delivered
  /// The receiver answered that it can't take it now; perhaps it says when to ask again.
  case busy(problem: String, retryAfter: Duration? = nil)
  /// Nobody answered: the receiver may have it or not, and others would fail alike.
  case unanswered(problem: String)
  /// The receiver will never take it as it is.
  case refused(problem: String)
}
