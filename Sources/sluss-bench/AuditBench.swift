import Audit
import Cryptography
import Foundation
import Store

/// What the audit log costs: accepting messages with an entry each against without, verifying a million entries
/// against only hashing their bytes, proofs, and finding a patient among ten million entries.
enum AuditBench {
  private static let messages = 20_000
  private static let patients = 100_000

  /// - Parameters:
  ///   - folder: an empty folder on the disk that is measured; ten million entries take six gigabytes.
  ///   - verified: how many entries are verified and proved.
  ///   - searched: among how many a patient is looked for.
  static func run(in folder: String, verified: Int, searched: Int) throws {
    let keys = AuditFolder(folder + "/keys")
    try keys.create(origin: "bench.test/audit")
    try accepting(folder, keys)
    let store = try SQLiteMessageStore(path: folder + "/audit.sqlite")
    let log = AuditLog(store, keys: try keys.masterKeys())
    try fill(store, log, 0..<verified)
    try verifying(store, keys, verified)
    Rate.report("audit.memoryBefore", Double(peakMemory()))
    try proving(store)
    try fill(store, log, verified..<searched)
    try searching(store, log, searched)
    Rate.report("audit.searched", Double(searched))
    Rate.report("audit.megabytes", Double(try bytes(of: folder + "/audit.sqlite")) / 1e6)
    Rate.report("audit.memory", Double(peakMemory()))
    store.close()
  }

  // MARK: accepting

  private static func accepting(_ folder: String, _ keys: AuditFolder) throws {
    let bare = try SQLiteMessageStore(path: folder + "/bare.sqlite")
    let audited = try SQLiteMessageStore(path: folder + "/audited.sqlite")
    let log = AuditLog(audited, keys: try keys.masterKeys())
    let counter = Counter()
    var best = (bare: 0.0, audited: 0.0, sealed: 0.0)
    for _ in 0..<7 {
      best.bare = max(best.bare, OutboxRun(store: bare, counter: counter).accept(messages))
      var run = OutboxRun(store: audited, counter: counter)
      run.log = log
      best.audited = max(best.audited, run.accept(messages))
      run.isAboutPatients = true
      best.sealed = max(best.sealed, run.accept(messages))
    }
    Rate.report("audit.bare", best.bare)
    Rate.report("audit.accepted", best.audited)
    Rate.report("audit.acceptedSealed", best.sealed)
    bare.close()
    audited.close()
  }

  // MARK: a large log

  private static func event(_ number: Int) -> AuditEvent {
    AuditEvent(
      time: Int64(number) * 1000, action: .read, system: "SE2321000016-SYS",
      person: "SE2321000016-\(number % 5000)", role: "Läkare", careUnit: "SE2321000016-VE\(number % 50)",
      careGiver: "SE2321000016-VG", purpose: "Vård och behandling", route: "GetCareContacts",
      message: "018f3c1e-0000-7000-8000-000000000201", resourceKinds: ["Vårdkontakt"],
      patient: PatientIdentifier(
        system: "http://electronichealth.se/identifier/personnummer",
        value: String(190_000_000_000 + UInt64(number) &* 2_654_435_761 % UInt64(patients))))
  }

  private static func fill(_ store: SQLiteMessageStore, _ log: AuditLog, _ numbers: Range<Int>) throws {
    let room = DispatchSemaphore(value: 64)
    for first in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 500) {
      room.wait()
      let entries = try (first..<min(first + 500, numbers.upperBound)).map { try log.entry(event($0)) }
      store.change(.append(entries)) { _ in room.signal() }
    }
    for _ in 0..<64 { room.wait() }
    for _ in 0..<64 { room.signal() }
  }

  /// Entries a second, against hashing the same bytes as leaves and as nodes with GnuTLS alone.
  private static func verifying(_ store: SQLiteMessageStore, _ keys: AuditFolder, _ verified: Int) throws {
    let keeper = CheckpointKeeper(store, keys: try keys.signingKeys(), place: keys.place)
    let done = DispatchSemaphore(value: 0)
    Task {
      _ = try? await keeper.sign(time: 1)
      done.signal()
    }
    done.wait()
    let clock = ContinuousClock()
    let records = try store.auditEntries(from: 0, limit: min(verified, 100_000)).map(\.record)
    let hashing = clock.measure { for record in records { _ = MerkleTree.leaf(record) } }
    Rate.report("audit.hashed", Double(records.count) / (hashing / .seconds(1)))
    let node = MerkleTree.leaf(records[0])
    let both = clock.measure {
      for record in records {
        _ = MerkleTree.leaf(record)
        _ = MerkleTree.node(node, node)
      }
    }
    Rate.report("audit.hashedTree", Double(records.count) / (both / .seconds(1)))
    let verifier = try StoreVerifier(store, keys: keys.signingKeys().keys, heads: keys.heads())
    let seconds = try clock.measure {
      let found = try verifier.verify()
      precondition(found.isSound && found.size == verified, "\(found.findings)")
    }
    Rate.report("audit.verified", Double(verified) / (seconds / .seconds(1)))
  }

  private static func proving(_ store: SQLiteMessageStore) throws {
    let tree = try LogTree(store)
    _ = try tree.root(ofSize: tree.size)
    var number = 0
    Rate.report(
      "audit.proved",
      try Rate.best(rounds: 3) {
        number = (number + 7_368_787) % tree.size
        _ = try tree.inclusionProof(of: number, inSize: tree.size)
      })
  }

  private static func searching(_ store: SQLiteMessageStore, _ log: AuditLog, _ searched: Int) throws {
    let patient = event(12_345).patient
    var found = 0
    Rate.report(
      "audit.found",
      try Rate.best(rounds: 3) {
        var query = AuditQuery()
        query.patient = patient
        found = try log.count(query)
      })
    precondition(found > 0, "none of the patient's entries was found")
  }

  private static func bytes(of file: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
  }

  /// Kilobytes.
  private static func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}
