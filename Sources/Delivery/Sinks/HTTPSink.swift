import HTTP

/// Sends deliveries over HTTP, each with its idempotency key as `Idempotency-Key`
/// (draft-ietf-httpapi-idempotency-key-header-07).
public final class HTTPSink: Sink {
  private let client: HTTPClient
  private let prepare: @Sendable (Outgoing) -> HTTPClientRequest?
  private let fault: @Sendable (HTTPClientAnswer) -> SinkOutcome?

  /// A sink of a client that it has for itself.
  /// - Parameters:
  ///   - prepare: makes the request but for its key, type and limit; nil when a secret can't be read.
  ///   - fault: what an answer's body says against its status, such as a SOAP fault; nil when it does not.
  public init(
    client: HTTPClient, prepare: @escaping @Sendable (Outgoing) -> HTTPClientRequest?,
    fault: @escaping @Sendable (HTTPClientAnswer) -> SinkOutcome? = { _ in nil }
  ) {
    self.client = client
    self.prepare = prepare
    self.fault = fault
  }

  /// Sends the document; the client's connections are kept for the next.
  public func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    guard var request = prepare(outgoing) else {
      return completion(.unanswered(problem: "the target's secret can't be read"))
    }
    request.headers.append((name: "Idempotency-Key", value: "\"\(outgoing.key)\""))
    request.limit = outgoing.timeout
    client.send(request) { [fault] result in
      switch result {
      case .success(let answer):
        completion(fault(answer) ?? Self.outcome(of: answer, for: outgoing))
      case .failure(let error): completion(Self.outcome(of: error))
      }
    }
  }

  /// Cancels what is under way.
  public func close() {
    client.close()
  }

  private static func outcome(of answer: HTTPClientAnswer, for outgoing: Outgoing) -> SinkOutcome {
    if outgoing.success.contains(where: { $0.contains(answer.status) }) { return outgoing.judge(answer.body) }
    let problem = "the target answers \(answer.status)"
    if isPassing(answer.status) {
      return .busy(problem: problem, retryAfter: RetryAfter.read(answer.header("Retry-After")))
    }
    return .refused(problem: problem)
  }

  /// What says nothing about the document (RFC 9110, section 15): the server's own troubles, and those of
  /// the connection's credentials, which a person mends for all deliveries at once. A redirect is one of them:
  /// the target has moved, and its address is configured.
  private static func isPassing(_ status: Int) -> Bool {
    switch status {
    case 400...499: [401, 403, 407, 408, 421, 425, 429].contains(status)
    default: true
    }
  }

  private static func outcome(of error: HTTPClientError) -> SinkOutcome {
    if case .unsent(.refusedRequest, _) = error { return .refused(problem: error.description) }
    return .unanswered(problem: error.description)
  }
}
