import Audit
import Diagnostics
import Foundation
import Mapping
import Store
import Synchronization

/// Makes the audit log's entries of what happens to messages. Whom a message is about is told by the mapping
/// `audit/subject`.
final class Auditing: Sendable {
  static let mapping = "audit/subject"

  let log: AuditLog
  /// The gateway's own HSA-id.
  private let system: String
  private let isRenewing = Mutex(false)

  init(_ log: AuditLog, system: String) {
    self.log = log
    self.system = system
  }

  /// Patients' keys are looked up anew for the next entries: one was destroyed meanwhile.
  func renewKeys() { isRenewing.withLock { $0 = true } }

  /// The entry of a translated message, which is in the translator's hub: what the hub learned, and to whom what
  /// is delivered. It is stored with the deliveries, so that nothing leaves that it does not name.
  /// - Throws: ``ProcessingFailure``, when no entry can be made: then nothing may happen.
  func announcement(
    of message: NewMessage, _ deliveries: [NewDelivery], kinds: [HubChange], served: ServedMappings,
    _ translator: Translator, at now: Int64
  ) throws(ProcessingFailure) -> (entry: NewAuditEntry, patient: [UInt8]?) {
    var event = event(.translate, about: subject(served, translator), message, at: now)
    event.purpose = Self.care
    let leaving = deliveries.filter { $0.fault == nil }.map { Self.way($0.route, $0.target) }
    event.route = ([message.mapping] + leaving).joined(separator: " ")
    event.resourceKinds = Set(kinds.compactMap(\.kind)).sorted()
    do {
      return try log.announcement(
        event,
        renewing: isRenewing.withLock { value in
          defer { value = false }
          return value
        })
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      let place = Place(file: Self.mapping, line: 1, column: 1)
      throw .problems(
        DiagnosticError([Diagnostic(.unreadableFile(reason: "the audit log has no keys"), at: place)]),
        telling: kinds)
    }
  }

  /// The entry of a delivery's end, stored with the report of it; none while it is tried again. Who the patient is
  /// stands in the entry that announced it, which has the same message.
  func entries(of delivery: DueDelivery, _ result: DeliveryResult, at now: Int64) -> [NewAuditEntry] {
    let outcome: AuditOutcome
    switch result {
    case .delivered: outcome = .done
    case .dead: outcome = .failed
    case .retry: return []
    }
    let event = AuditEvent(
      time: now, action: .deliver, outcome: outcome, system: system, purpose: Self.care,
      route: Self.way(delivery.route, delivery.target), message: delivery.message, correlation: delivery.key)
    // It can't be too long: its texts stood in the announcement.
    return (try? log.entry(event, about: delivery.patient)).map { [$0] } ?? []
  }

  /// The entry of what the gateway does by itself with many patients' data.
  /// - Throws: ``AuditError/tooLong(field:)``.
  func entry(_ action: AuditAction, _ what: String, of which: String, at now: Int64) throws(AuditError)
    -> NewAuditEntry
  {
    let event = AuditEvent(
      time: now, action: action, system: system, purpose: Self.administration, route: what,
      correlation: which)
    return try log.entry(event, about: nil)
  }

  /// How entries name a delivery's way.
  static func way(_ route: String, _ target: String) -> String { "\(route)>\(target)" }

  private static let care = "Vård och behandling"
  private static let administration = "Administration"

  /// Logs what somebody does with what is kept of a message; tells whether the log has it.
  /// - Throws: when no entry can be made.
  func log(
    _ action: AuditAction, of message: NewMessage, by person: String?, served: ServedMappings,
    _ translator: Translator, completion: @escaping @Sendable (Bool) -> Void
  ) throws {
    let event = event(action, of: message, by: person, served: served, translator)
    try append(event, isRenewing: false, completion)
  }

  /// What somebody does with what is kept of a message.
  /// - Parameters:
  ///   - what: what exactly, in few words; the message's mapping is named with it.
  ///   - delivery: the key of the delivery that it is done to, if it is one.
  func event(
    _ action: AuditAction, of message: NewMessage, by person: String?, _ what: String = "",
    delivery: String = "", served: ServedMappings, _ translator: Translator
  ) -> AuditEvent {
    if let mapping = served.mappings[message.mapping]?.mapping {
      // One that can't be translated is about nobody that is known.
      _ = try? translator.read(message.body, as: mapping, named: message.id, receipt: message.receipt)
    }
    var event = event(action, about: subject(served, translator), message, at: Timestamp.now())
    event.person = person ?? ""
    event.purpose = Self.administration
    event.route = what.isEmpty ? message.mapping : "\(message.mapping) \(what)"
    event.correlation = delivery
    return event
  }

  /// The entry of a replay's changes of a message, or of one delivery of it, stored with them.
  /// - Throws: ``AuditError/tooLong(field:)``.
  func replayed(
    _ message: NewMessage, delivery: NewDelivery?, patient: [UInt8]?, by person: String?
  ) throws(AuditError) -> NewAuditEntry {
    let way = delivery.map { " \(Self.way($0.route, $0.target))" } ?? ""
    let event = AuditEvent(
      time: Timestamp.now(), action: .intervene, system: system, person: person ?? "",
      purpose: Self.administration, route: "\(message.mapping) replay\(way)", message: message.id,
      correlation: delivery?.key ?? "")
    return try log.entry(event, about: patient)
  }

  /// Logs what somebody does with many messages at once; tells whether the log has it.
  func log(
    _ action: AuditAction, _ what: String, of which: String, by person: String?,
    completion: @escaping @Sendable (Bool) -> Void
  ) {
    let event = AuditEvent(
      time: Timestamp.now(), action: action, system: system, person: person ?? "",
      purpose: Self.administration, route: what, correlation: which)
    do { try append(event, isRenewing: false, completion) } catch { completion(false) }
  }

  private func append(
    _ event: AuditEvent, isRenewing: Bool, _ completion: @escaping @Sendable (Bool) -> Void
  ) throws {
    let entry = try log.entry(event, renewing: isRenewing)
    log.store.change(.append([entry])) { [self] result in
      guard case .failure(.staleAuditKey) = result, !isRenewing else {
        return completion((try? result.get()) != nil)
      }
      do { try append(event, isRenewing: true, completion) } catch { completion(false) }
    }
  }

  private func event(
    _ action: AuditAction, about subject: AuditSubject?, _ message: NewMessage, at time: Int64
  ) -> AuditEvent {
    AuditEvent(
      time: time, action: action, system: system, careUnit: subject?.careUnit ?? "",
      careGiver: subject?.careGiver ?? "", message: message.id,
      patient: subject?.patient)
  }

  private func subject(_ served: ServedMappings, _ translator: Translator) -> AuditSubject? {
    guard let mapping = served.mappings[Self.mapping]?.mapping else { return nil }
    return try? translator.show(as: mapping) { root, forest in AuditSubject(root, forest) }
  }
}

extension HubChange {
  /// The type of the resource that is told of; nil where nothing is learned.
  fileprivate var kind: String? {
    switch self {
    case .put(let put): put.type
    case .confirm, .list, .index, .ignore: nil
    }
  }
}
