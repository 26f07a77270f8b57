import Audit

/// What the audit log is told of one request, found out bit by bit.
struct RIVTAEntry: Sendable {
  private let trip: RIVTATrip
  private let sender: String
  var contract: RIVTAContract?
  var address = ""
  var actor: RIVTAActor?

  /// - Parameter sender: the HSA-id of the certificate; empty without one.
  init(_ trip: RIVTATrip, sender: String) {
    (self.trip, self.sender) = (trip, sender)
  }

  /// Who asked, and for whom.
  var system: String { sender + (trip.originalConsumer.map { " for \($0)" } ?? "") }

  /// The request was answered.
  func event(_ note: RIVTANote) -> AuditEvent {
    var event = event(note.isChange ? .write : .read, .done)
    event.patient = note.patient.map { PatientIdentifier(system: $0.system, value: $0.value) }
    event.detail = note.detail
    return event
  }

  /// The request was refused, or failed.
  func event(_ fault: RIVTAFault) -> AuditEvent {
    var event = event(.read, fault.isOurs ? .failed : .refused)
    event.route += " \(fault.code.rawValue)"
    return event
  }

  private func event(_ action: AuditAction, _ outcome: AuditOutcome) -> AuditEvent {
    AuditEvent(
      time: trip.received, action: action, outcome: outcome, system: system,
      person: actor?.employee ?? "", careUnit: actor?.careUnit ?? "", careGiver: actor?.careGiver ?? "",
      purpose: "Vård och behandling",
      route: "\(contract?.name ?? "RIV-TA")\(address.isEmpty ? "" : " @ \(address.prefix(64))")",
      message: trip.id, correlation: trip.correlation, resourceKinds: contract?.kinds ?? [])
  }
}
