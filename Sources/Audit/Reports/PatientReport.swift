import Foundation

/// "Who has read my record": a patient's extract of the log (patientdatalagen 8 kap. 5 §, HSLF-FS 2016:40
/// 4 kap. 10 §), in Swedish.
public struct PatientReport: Sendable {
  /// The entries, the oldest first.
  public let entries: [FoundEntry]

  /// A report of entries.
  public init(entries: [FoundEntry]) {
    self.entries = entries
  }

  /// For people: unit, time and what was done.
  public func text(for patient: PatientIdentifier) -> String {
    let head = "Åtkomst till uppgifter om \(patient.value)\n\n"
    guard !entries.isEmpty else { return head + "Ingen har haft åtkomst till uppgifterna.\n" }
    return head + entries.map { Self.paragraph($0.event) }.joined(separator: "\n")
  }

  /// A table, one entry a line.
  public var csv: String {
    CSVText.table(Self.columns, entries.map { Self.row($0) })
  }

  /// An array of objects.
  public var json: String {
    JSONText.array(Self.columns, entries.map { Self.row($0) })
  }

  static let columns = [
    "nummer", "tidpunkt", "åtgärd", "utfall", "vårdgivare", "vårdenhet", "person", "roll", "uppdrag", "syfte",
    "informationstyper", "system",
  ]

  static func row(_ entry: FoundEntry) -> [String] {
    let event = entry.event
    return [
      String(entry.number), LocalTime.text(event.time), event.action.swedish, event.outcome.swedish,
      event.careGiver, event.careUnit, event.person, event.role, event.assignment, event.purpose,
      event.resourceKinds.joined(separator: ", "), event.system,
    ]
  }

  private static func paragraph(_ event: AuditEvent) -> String {
    let lines = [
      "\(LocalTime.text(event.time))  \(event.action.swedish) (\(event.outcome.swedish))",
      event.careGiver.isEmpty ? "" : "  Vårdgivare: \(event.careGiver)",
      event.careUnit.isEmpty ? "" : "  Vårdenhet: \(event.careUnit)",
      event.person.isEmpty ? "  System: \(event.system)" : "  Person: \(event.person) \(event.role)",
      event.purpose.isEmpty ? "" : "  Syfte: \(event.purpose)",
      event.resourceKinds.isEmpty ? "" : "  Uppgifter: \(event.resourceKinds.joined(separator: ", "))",
    ]
    return lines.filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
  }
}

extension AuditLog {
  /// A patient's report; that it was made is logged before.
  ///
  /// - Parameter asking: who asks, why and when; its action is made `report`.
  public func report(
    _ patient: PatientIdentifier, since: Int64? = nil, until: Int64? = nil, asking: AuditEvent
  ) async throws -> PatientReport {
    var asking = asking
    asking.action = .report
    try await log(asking, about: patient)
    var query = AuditQuery()
    query.patient = patient
    query.since = since
    query.until = until
    return PatientReport(entries: try find(query).filter(\.event.isAccess))
  }
}

extension AuditAction {
  /// What a patient reads.
  var swedish: String {
    switch self {
    case .receive: "Mottagning"
    case .translate: "Översättning"
    case .deliver: "Överföring"
    case .read: "Läsning"
    case .search: "Sökning"
    case .write: "Skrivning"
    case .delete: "Borttagning"
    case .sign: "Signering"
    case .print: "Utskrift"
    case .emergency: "Nödöppning"
    case .configure: "Ändrad inställning"
    case .intervene: "Ingrepp"
    case .export: "Loggexport"
    case .report: "Loggutdrag"
    case .erase: "Radering"
    case .archive: "Arkivering"
    }
  }
}

extension AuditOutcome {
  var swedish: String {
    switch self {
    case .done: "genomförd"
    case .refused: "nekad"
    case .failed: "misslyckad"
    }
  }
}
