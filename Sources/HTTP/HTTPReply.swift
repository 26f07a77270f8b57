/// The promise of one answer. It may be sent from any thread; if it goes away unsent, the client gets 500.
public final class HTTPReply: Sendable {
  private let exchange: Exchange

  init(_ exchange: Exchange) {
    self.exchange = exchange
  }

  deinit {
    exchange.answer(.unanswered)
  }

  /// Sends the answer; the first call counts, later ones do nothing, and so does one whose client has gone.
  public func send(_ response: HTTPResponse) {
    exchange.answer(response)
  }
}
