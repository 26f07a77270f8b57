import Audit
import Store

/// Lets out what is not blocked, once the audit log has it: an entry for each patient, and one where there is
/// none.
struct LoggedDisclosure: DisclosureGate {
  /// An entry holds at most so many names of resources; it says how many there were.
  private static let mostNames = 200

  let log: AuditLog
  let blocks: any BlockCheck

  func release(_ disclosure: Disclosure) async throws(DisclosureRefusal) -> [HubResource] {
    let released: [HubResource]
    do {
      released = try await blocks.unblocked(disclosure)
    } catch {
      let isRefused = error as? DisclosureRefusal == .nobody
      try await append(disclosure, [], isRefused ? .refused : .failed)
      throw isRefused ? .nobody : .blocksUnknown
    }
    try await append(disclosure, released, .done)
    return released
  }

  private func append(
    _ disclosure: Disclosure, _ released: [HubResource], _ outcome: AuditOutcome
  ) async throws(DisclosureRefusal) {
    do {
      try await log.append(Self.events(disclosure, released, outcome))
    } catch {
      throw .unlogged
    }
  }

  private static func events(
    _ disclosure: Disclosure, _ released: [HubResource], _ outcome: AuditOutcome
  ) -> [AuditEvent] {
    var shown = Dictionary(grouping: released) { disclosure.patient(of: $0) }
    let found = Dictionary(grouping: disclosure.resources) { disclosure.patient(of: $0) }
    for patient in Array(found.keys) + disclosure.asked where shown[patient] == nil { shown[patient] = [] }
    if shown.isEmpty { shown[nil] = [] }
    return shown.sorted { ($0.key?.value ?? "") < ($1.key?.value ?? "") }.map { patient, resources in
      var event = AuditEvent(
        time: disclosure.time, action: disclosure.action, outcome: outcome,
        system: disclosure.caller.name ?? "")
      event.route = "FHIR \(disclosure.type)"
      event.person = disclosure.reader.actor?.employee ?? ""
      event.careUnit = disclosure.reader.actor?.careUnit ?? ""
      event.careGiver = disclosure.reader.actor?.careGiver ?? ""
      event.purpose = "Vård och behandling"
      event.correlation = disclosure.correlation
      event.resourceKinds = [disclosure.type]
      event.patient = patient
      event.detail = detail(resources, keptBack: (found[patient]?.count ?? 0) - resources.count)
      return event
    }
  }

  /// Which resources in which versions.
  private static func detail(_ resources: [HubResource], keptBack: Int) -> String {
    let names = resources.prefix(mostNames).map { "\($0.id.hexadecimal)/\($0.version)" }
    let others = keptBack > 0 ? ", \(keptBack) kept back" : ""
    return "\(resources.count) shown" + others + (names.isEmpty ? "" : ": " + names.joined(separator: " "))
  }
}

extension Disclosure {
  fileprivate func patient(of resource: HubResource) -> PatientIdentifier? {
    patients[resource.patient ?? resource.id]
  }
}
