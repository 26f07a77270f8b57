import Audit
import Foundation
import Store

/// `sluss audit erase`: destroys a patient's keys, so that nobody can read the patient in entries any more.
enum AuditErase {
  static func run(_ given: AuditArguments) async throws -> Int32 {
    guard let patient = try given.patient() else { throw UsageError(message: "`--patient` is needed.") }
    let asking = try given.asking()
    let store = try given.store()
    defer { store.close() }
    try await AuditLog(store, keys: given.folder.masterKeys()).erase(patient, asking)
    print(
      "The patient's keys are destroyed. Copies of the store from before still hold them, wrapped by the master key."
    )
    return 0
  }
}

/// `sluss audit archive`: lets the records of old entries go; the tree stays whole.
enum AuditArchive {
  /// Access logs are kept for at least five years (HSLF-FS 2016:40, 4 kap. 9 §).
  private static let years = 5

  static func run(_ given: AuditArguments) async throws -> Int32 {
    let asking = try given.asking()
    guard let until = try given.time("--until") else { throw UsageError(message: "`--until` is needed.") }
    let now = Date(timeIntervalSince1970: Double(AuditArguments.now) / 1000)
    let latest = Calendar(identifier: .gregorian).date(byAdding: .year, value: -years, to: now) ?? now
    guard Double(until) / 1000 <= latest.timeIntervalSince1970 else {
      throw UsageError(
        message: "access logs are kept for at least \(years) years (HSLF-FS 2016:40, 4 kap. 9 §).")
    }
    let store = try given.store()
    defer { store.close() }
    let below = try store.firstAuditEntry(since: until) ?? store.auditSize()
    try await AuditLog(store, keys: given.folder.masterKeys()).archive(below: below, asking)
    print(
      "The records of entries before \(below & -256) are gone; packages exported before prove them still.")
    return 0
  }
}
