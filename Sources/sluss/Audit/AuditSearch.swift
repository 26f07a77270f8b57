import Audit
import Store

/// `sluss audit search`: entries that match.
enum AuditSearch {
  static func run(_ given: AuditArguments) async throws -> Int32 {
    let query = try given.query()
    let asking = try given.asking()
    let store = try given.store()
    defer { store.close() }
    let log = AuditLog(store, keys: try given.folder.masterKeys())
    let report = PatientReport(entries: try await log.search(query, asking: asking))
    try given.show(text: report.csv, csv: report.csv, json: report.json)
    return 0
  }
}

/// `sluss audit report`: who has read a patient's record.
enum AuditReport {
  static func run(_ given: AuditArguments) async throws -> Int32 {
    guard let patient = try given.patient() else { throw UsageError(message: "`--patient` is needed.") }
    let asking = try given.asking()
    let query = try given.query()
    let store = try given.store()
    defer { store.close() }
    let log = AuditLog(store, keys: try given.folder.masterKeys())
    let report = try await log.report(patient, since: query.since, until: query.until, asking: asking)
    try given.show(text: report.text(for: patient), csv: report.csv, json: report.json)
    return 0
  }
}
