import HTTP
import Synchronization

/// Requests that wait until a test answers them.
final class HeldRequests: Sendable {
  private let replies = Mutex<[HTTPReply]>([])

  var count: Int { replies.withLock { $0.count } }

  /// Answers all of them with 200.
  func answer() {
    for reply in replies.withLock({ $0 }) { reply.send(HTTPResponse(status: 200)) }
  }

  /// Starts a server that hands its requests to this.
  func server(_ change: (inout HTTPConfiguration) -> Void) throws -> HTTPServer {
    var configuration = HTTPConfiguration()
    change(&configuration)
    return try HTTPServer(configuration: configuration) { [self] _, reply in
      replies.withLock { $0.append(reply) }
    }
  }
}
