import HTTP
import Store

/// Lets an answer that shows a patient's data go only once the audit log has the access.
struct AccessLogging: Sendable {
  let auditing: Auditing?
  let current: CurrentMappings
  let store: any GatewayStore

  /// - Parameter message: the id of the message that the answer shows something of.
  func send(_ response: HTTPResponse, of message: String, to caller: Caller, _ reply: HTTPReply) {
    guard let auditing, response.status == 200 else { return reply.send(response) }
    do {
      guard let stored = try store.message(message) else { return reply.send(response) }
      let served = current.served
      try served.translators.lend { translator in
        try auditing.logReading(of: stored.message, by: caller.name, served: served, translator) { isLogged in
          reply.send(isLogged ? response : .unlogged)
        }
      }
    } catch {
      reply.send(.unlogged)
    }
  }
}

extension HTTPResponse {
  /// What can't be logged isn't shown.
  fileprivate static let unlogged = problem(503, "the access could not be logged, so nothing is shown")
}
