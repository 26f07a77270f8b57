import Audit
import Foundation
import Store

/// The audit log of a gateway's data folder, while no gateway runs on it.
final class GatewayLog {
  let store: SQLiteMessageStore
  let log: AuditLog
  private let path: String

  init(_ data: String) throws {
    path = data
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let folder = AuditFolder(data + "/audit")
    if !FileManager.default.fileExists(atPath: folder.path) { try folder.create(origin: "gw.test/audit") }
    store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    log = AuditLog(store, keys: try folder.masterKeys())
  }

  deinit { store.close() }

  /// Appends entries; the store is open until they are on disk.
  func append(_ events: [AuditEvent]) async throws {
    try await log.append(events)
    withExtendedLifetime(self) {}
  }

  /// Whether the hub knows anything.
  func knowsSomething() throws -> Bool { try !store.materials(after: 0, limit: 1).isEmpty }

  /// What verifying it with all that was signed outside finds.
  func verify() throws -> Verification {
    let folder = AuditFolder(path + "/audit")
    return try StoreVerifier(
      store, keys: folder.signingKeys().keys, heads: folder.heads(), provider: folder.masterKeys()
    ).verify()
  }

  /// All that it says, the oldest first.
  func events() throws -> [AuditEvent] {
    try store.auditEntries(from: 0, limit: 100_000).compactMap { try log.event($0) }
  }

  static let tolvan = PatientIdentifier(
    system: "http://electronichealth.se/identifier/personnummer", value: "191212121212")

  /// Access to a record, at minutes after a moment in November 2026.
  static func reading(_ number: Int, of patient: PatientIdentifier = tolvan) -> AuditEvent {
    AuditEvent(
      time: 1_795_172_400_000 + Int64(number) * 60_000, action: .read, system: "SE2321000016-SYS",
      person: "SE2321000016-DOC\(number % 7)", role: "Läkare", assignment: "Vård och behandling",
      careUnit: "SE2321000016-VE", careGiver: "SE2321000016-VG", purpose: "Vård och behandling",
      route: "GetCareContacts/3", message: "m-\(number)", resourceKinds: ["Vårdkontakt"], patient: patient)
  }
}
