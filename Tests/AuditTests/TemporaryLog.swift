import Audit
import Foundation
import Store

/// A log in a folder of its own, with keys beside it, removed afterwards.
final class TemporaryLog {
  static let origin = "gw.test/audit"
  static let tolvan = PatientIdentifier(
    system: "http://electronichealth.se/identifier/personnummer", value: "191212121212")
  static let time: Int64 = 1_763_640_000_000

  let path = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)").path
  let folder: AuditFolder
  private(set) var store: SQLiteMessageStore
  private(set) var log: AuditLog

  var database: String { path + "/store.sqlite" }

  init(witness: String? = nil) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    folder = AuditFolder(path + "/keys")
    try folder.create(origin: Self.origin)
    if let witness { try folder.createWitness(witness, folder: "first") }
    store = try SQLiteMessageStore(path: path + "/store.sqlite")
    log = AuditLog(store, keys: try folder.masterKeys())
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: path)
  }

  func reopen() throws {
    store.close()
    store = try SQLiteMessageStore(path: database)
    log = AuditLog(store, keys: try folder.masterKeys())
  }

  func keeper() throws -> CheckpointKeeper {
    let keys = try folder.signingKeys()
    return CheckpointKeeper(
      store, keys: keys, place: folder.place, witnesses: try folder.witnesses(of: keys.keys))
  }

  func verify(demandsSignedEnd: Bool = true) throws -> Verification {
    try StoreVerifier(
      store, keys: folder.signingKeys().keys, heads: folder.heads(), provider: folder.masterKeys(),
      demandsSignedEnd: demandsSignedEnd
    ).verify()
  }

  static func reading(_ number: Int, of patient: PatientIdentifier? = tolvan) -> AuditEvent {
    AuditEvent(
      time: time + Int64(number) * 1000, action: .read, system: "SE2321000016-SYS",
      person: "SE2321000016-DOC\(number % 7)", role: "Läkare", assignment: "Vård",
      careUnit: "SE2321000016-VE\(number % 3)", careGiver: "SE2321000016-VG", purpose: "Vård och behandling",
      route: "GetCareDocumentation", message: "m-\(number)", correlation: "c-\(number)",
      resourceKinds: ["Vårdkontakt", "Journaltext"], patient: patient, detail: "visit \(number)")
  }

  static func patient(_ number: Int) -> PatientIdentifier {
    PatientIdentifier(system: tolvan.system, value: "1912121200\(number % 10)\(number / 10 % 10)")
  }

  /// Readings about ten patients, and every fifth about none.
  static func readings(_ range: Range<Int>) -> [AuditEvent] {
    range.map { reading($0, of: $0 % 5 == 0 ? nil : patient($0 % 10)) }
  }
}
