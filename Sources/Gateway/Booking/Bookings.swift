import Audit
import Booking
import Delivery
import Diagnostics
import Foundation
import HTTP
import Store

/// Bookings that are made once and booked everywhere, in a running gateway.
struct Bookings: Sendable {
  /// How long what is over is kept.
  private static let memory: Int64 = 30 * 86_400_000

  /// The rules of the start. Their targets, names and what is heard through which target hold until the next one;
  /// all else follows the file.
  let rules: BookingRules
  /// Nil when the targets of `booking.yaml` are not configured: then nobody books here.
  let worker: BookingWorker?
  private let lines: [any BookingLine]
  private let log: AuditLog?

  /// Nil without `booking.yaml` in the mappings' folder.
  /// - Throws: `HTTPClientError` when a target can't be reached at all.
  init?(
    _ configuration: GatewayConfiguration, _ current: CurrentMappings, _ store: any KeptStore, log: AuditLog?,
    observation: Observation
  ) throws {
    guard let rules = current.served.bookings else { return nil }
    self.rules = rules
    self.log = log
    let targets = configuration.targets
    guard let journal = try targets[rules.journal.target]?.bookingLine(),
      let platform = try targets[rules.platform.target]?.bookingLine()
    else {
      (worker, lines) = (nil, [])
      return
    }
    lines = [journal, platform]
    let systems = NeighbourSystems(
      first: rules, current: current, journal: journal, platform: platform, now: Timestamp.now)
    let ledger = BookingLedger(store, now: Timestamp.now)
    worker = BookingWorker(ledger, systems) { event in
      observation.note(event)
      if case .ended(let saga) = event, let log { Self.record(saga, ledger, log) }
    }
  }

  /// A change that came from elsewhere than the web is in the log once it is everywhere; the web's own is
  /// logged with the request.
  private static func record(_ saga: BookingSaga, _ ledger: BookingLedger, _ log: AuditLog) {
    let dossier = (try? ledger.file(saga.intent.booking)).flatMap { BookingDossier(kept: $0.dossier) }
    let number = dossier?.patientIdentifier
    let outcome: AuditOutcome = saga.outcome == .accepted ? .done : .refused
    let event = AuditEvent(
      time: Timestamp.now(), action: .write, outcome: outcome, system: saga.intent.origin.rawValue,
      person: "",
      careUnit: dossier?.unit ?? "", careGiver: "", purpose: "Vård och behandling",
      route: "booking \(saga.intent.wish.word)", message: saga.intent.id, correlation: saga.intent.booking,
      resourceKinds: ["Tidbokning"],
      patient: number.map { PatientIdentifier(system: $0.system, value: $0.value) })
    Task { try? await log.append([event]) }
  }

  /// What people see of sagas; nil where there are none.
  var endpoint: BookingEndpoint? {
    guard let worker else { return nil }
    return BookingEndpoint(
      worker: worker, log: { [log] in Self.note($0, $1, by: $2, in: log, then: $3) }, mapping: rules.record)
  }

  /// What a person does to a saga is in the log before it is done.
  private static func note(
    _ action: String, _ saga: BookingSaga, by caller: Caller, in log: AuditLog?,
    then: @escaping @Sendable (Bool) -> Void
  ) {
    guard let log else { return then(true) }
    let event = AuditEvent(
      time: Timestamp.now(), action: .intervene, outcome: .done, system: "", person: caller.name ?? "",
      careUnit: "", careGiver: "", purpose: "Drift", route: "bookings \(action)", message: saga.intent.id,
      correlation: saga.intent.booking, resourceKinds: ["Tidbokning"])
    Task { then((try? await log.append([event])) != nil) }
  }

  func start() throws {
    guard let worker else { return }
    try worker.start()
    Task { try? await worker.ledger.forget(before: Timestamp.now() - Self.memory) }
  }

  func stop() {
    for line in lines { line.close() }
    worker?.stop()
  }

  /// The gateway's own targets, by which it hears what was booked elsewhere.
  var sinks: [String: any Sink] {
    rules.heard.mapValues { BookingHearing(origin: $0, worker: worker, name: rules.name) }
  }

  /// Whether a slot is locked for a booking; what can't be known is not shown as free.
  var isTaken: @Sendable (String) -> Bool {
    { [worker] slot in
      guard let worker else { return false }
      return (try? worker.ledger.owner(ofSlot: slot) != nil) ?? true
    }
  }

  /// The services of contracts that change bookings.
  func services(_ records: PatientRecords) -> [String: any RIVTAService] {
    guard let worker else { return [:] }
    let services = rules.services.keys.map { name in
      (name, BookingService(name: name, first: rules, records: records, worker: worker))
    }
    return Dictionary(uniqueKeysWithValues: services)
  }
}

extension BookingIntent.Wish {
  /// For logs.
  var word: String {
    switch self {
    case .book: "book"
    case .move: "move"
    case .cancel: "cancel"
    }
  }
}
