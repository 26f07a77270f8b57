import Audit
import HTTP
import Store

/// Lets an answer that shows a patient's data go only once the audit log has it, and makes the entries that what a
/// person does to a delivery is stored with.
struct AccessLogging: Sendable {
  let auditing: Auditing?
  let current: CurrentMappings
  let store: any WholeStore

  /// Sends an answer that shows something of a message.
  func send(_ response: HTTPResponse, of message: String, to caller: Caller, _ reply: HTTPReply) {
    guard response.status == 200 else { return reply.send(response) }
    log(.read, of: message, by: caller) { isLogged in reply.send(isLogged ? response : .unlogged) }
  }

  /// The entry of what a person does to a message's delivery, to be stored with it.
  /// - Parameters:
  ///   - what: what, in a word.
  ///   - renewing: whether patients' keys are looked up anew, after ``StoreError/staleAuditKey``.
  /// - Throws: when none can be made: then nothing may be done.
  func entries(
    _ what: String, on delivery: StoredDelivery, by caller: Caller, renewing: Bool = false
  ) throws -> [NewAuditEntry] {
    guard let auditing, let stored = try store.message(delivery.message) else { return [] }
    let way = "\(what) \(Auditing.way(delivery.route, delivery.target))"
    return try entries(way, of: stored.message, about: delivery.key, by: caller, renewing, auditing)
  }

  /// Likewise of what a replay does to a message or its delivery, whose patient is known already.
  func replayed(
    _ message: NewMessage, delivery: NewDelivery? = nil, patient: [UInt8]?, by caller: Caller
  ) throws -> [NewAuditEntry] {
    try auditing.map { [try $0.replayed(message, delivery: delivery, patient: patient, by: caller.name)] }
      ?? []
  }

  /// Likewise of what a person does to a message.
  /// - Parameters:
  ///   - what: what, in a word.
  ///   - reason: why, without patient data.
  func entries(
    _ what: String, on message: NewMessage, because reason: String, by caller: Caller, renewing: Bool = false
  ) throws -> [NewAuditEntry] {
    guard let auditing else { return [] }
    return try entries(what, of: message, about: reason, by: caller, renewing, auditing)
  }

  private func entries(
    _ what: String, of message: NewMessage, about: String, by caller: Caller, _ renewing: Bool,
    _ auditing: Auditing
  ) throws -> [NewAuditEntry] {
    let served = current.served
    return try served.translators.lend { translator in
      let event = auditing.event(
        .intervene, of: message, by: caller.name, what, delivery: about, served: served, translator)
      return [try auditing.log.entry(event, renewing: renewing)]
    }
  }

  /// Translates and delivers many messages again. What becomes of each has entries of its own.
  /// - Parameter which: the messages that are meant, without patient data.
  func replay(
    _ which: String, by caller: Caller, _ reply: HTTPReply, _ work: @escaping @Sendable () -> Void
  ) {
    guard let auditing else { return work() }
    auditing.log(.intervene, "replay", of: which, by: caller.name) { isLogged in
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
  static let unlogged = problem(
    503, "the access could not be logged, so nothing is shown or done")
}
