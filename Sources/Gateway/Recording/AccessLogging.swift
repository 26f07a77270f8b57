import Audit
import HTTP
import Store

/// Lets an answer that shows a patient's data go, and what a person does to a delivery happen, only once the audit
/// log has it.
struct AccessLogging: Sendable {
  let auditing: Auditing?
  let current: CurrentMappings
  let store: any WholeStore

  /// Sends an answer that shows something of a message.
  func send(_ response: HTTPResponse, of message: String, to caller: Caller, _ reply: HTTPReply) {
    guard response.status == 200 else { return reply.send(response) }
    log(.read, of: message, by: caller) { isLogged in reply.send(isLogged ? response : .unlogged) }
  }

  /// Does something with a message's delivery.
  func act(on message: String, by caller: Caller, _ reply: HTTPReply, _ work: @escaping @Sendable () -> Void)
  {
    log(.intervene, of: message, by: caller) { isLogged in
      if isLogged { work() } else { reply.send(.unlogged) }
    }
  }

  private func log(
    _ action: AuditAction, of message: String, by caller: Caller, _ then: @escaping @Sendable (Bool) -> Void
  ) {
    guard let auditing else { return then(true) }
    do {
      guard let stored = try store.message(message) else { return then(true) }
      let served = current.served
      try served.translators.lend { translator in
        try auditing.log(
          action, of: stored.message, by: caller.name, served: served, translator, completion: then)
      }
    } catch {
      then(false)
    }
  }
}

extension HTTPResponse {
  /// What can't be logged isn't shown, nor done.
  fileprivate static let unlogged = problem(
    503, "the access could not be logged, so nothing is shown or done")
}
