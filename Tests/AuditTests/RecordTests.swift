import Audit
import Cryptography
import Store
import Testing

@Suite("Records")
struct RecordTests {
  let files: TemporaryLog

  init() throws {
    files = try TemporaryLog()
  }

  @Test("What was logged is read again, the patient with it")
  func roundTrip() async throws {
    let events = TemporaryLog.readings(0..<12)
    try await files.log.append(events)
    let stored = try files.store.auditEntries(from: 0, limit: 100)
    for (entry, event) in zip(stored, events) {
      var expected = event
      if event.patient == nil { expected.detail = "" }
      #expect(try files.log.event(entry) == expected)
      #expect(AuditRecord(entry.record)?.event.patient == nil)
    }
    #expect(stored.map(\.number) == Array(0..<12))
  }

  @Test("A record never holds the patient in the open, nor a plain hash of one")
  func secrecy() throws {
    let event = TemporaryLog.reading(1)
    let record = try files.log.entry(event).record
    let value = Array(TemporaryLog.tolvan.value.utf8)
    let hashes = [value, Array((TemporaryLog.tolvan.system + "|").utf8) + value].map {
      SHA256.digest(of: $0).bytes
    }
    for secret in [value, Array("visit".utf8)] + hashes.map({ Array($0.prefix(8)) }) {
      #expect(!record.indices.contains { record[$0...].starts(with: secret) })
    }
    #expect(try files.log.entry(event).record != record)
  }

  @Test("The form of version 1 is frozen")
  func frozen() throws {
    let event = AuditEvent(
      time: 1, action: .read, outcome: .refused, system: "S", person: "P", role: "R", assignment: "A",
      careUnit: "U", careGiver: "G", purpose: "W", route: "C", message: "M", correlation: "K",
      resourceKinds: ["X", "Y"])
    let texts = ["read", "S", "P", "R", "A", "U", "G", "W", "C", "M", "K"]
    let expected: [UInt8] =
      [1, 0, 0, 0, 0, 0, 0, 0, 1, 4]
      + texts.flatMap { [0, UInt8($0.utf8.count)] + Array($0.utf8) } + [2, 0, 1, 88, 0, 1, 89, 0]
    let record = try files.log.entry(event).record
    #expect(record == expected)
    #expect(AuditRecord(record)?.event == event)
  }

  @Test("Bytes that no writer writes are no record")
  func malformed() throws {
    let record = try files.log.entry(TemporaryLog.reading(1)).record
    for length in record.indices { #expect(AuditRecord(Array(record[..<length])) == nil) }
    #expect(AuditRecord(record + [0]) == nil)
    #expect(AuditRecord([2] + record.dropFirst()) == nil)
  }

  @Test("A text that is too long is refused by the field's name")
  func tooLong() {
    var event = TemporaryLog.reading(1)
    event.route = String(repeating: "x", count: 70_000)
    #expect(throws: AuditError.tooLong(field: "route")) { try files.log.entry(event) }
  }

  @Test("After erasure nobody reads the patient, later entries are read, and all proofs hold")
  func erasure() async throws {
    try await files.log.append(TemporaryLog.readings(0..<20) + [TemporaryLog.reading(20)])
    _ = try await files.keeper().sign(time: 1)
    let underWay = try files.log.entry(TemporaryLog.reading(30))
    let keys = try files.store.auditKeys(after: [], limit: 100)
    var why = TemporaryLog.reading(21, of: nil)
    why.purpose = "Administration"
    try await files.log.erase(TemporaryLog.tolvan, why)
    let late = try await result { files.store.change(.append([underWay]), completion: $0) }
    #expect(throws: StoreError.staleAuditKey) { try late.get() }
    let written = (FileContent.of(files.database) ?? []) + (FileContent.of(files.database + "-wal") ?? [])
    let gone = Set(keys.map(\.id)).subtracting(try files.store.auditKeys(after: [], limit: 100).map(\.id))
    #expect(
      gone.count == 1 && keys.allSatisfy { !gone.contains($0.id) || !written.contains(run: $0.wrapped) })
    try await files.log.append([TemporaryLog.reading(22)])
    let entries = try files.store.auditEntries(from: 20, limit: 9)
    #expect(try entries.map { try files.log.event($0)?.patient?.value } == [nil, nil, "191212121212"])
    #expect(try files.log.event(entries[0])?.person == TemporaryLog.reading(20).person)
    _ = try await files.keeper().sign(time: 2)
    #expect(try files.verify().findings == [])
    try files.reopen()
    #expect(try files.log.event(entries[0])?.patient == nil)
    let kept = Set(try files.store.auditKeys(after: [], limit: 100).map(\.id))
    let destroyed = keys.filter { !kept.contains($0.id) }
    #expect(destroyed.count == 1)
    files.store.close()
    let bytes = try #require(FileContent.of(files.database))
    #expect(keys.map { bytes.contains(run: $0.wrapped) } == keys.map { kept.contains($0.id) })
  }
}

func result<Value: Sendable>(
  _ start: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
) async throws -> Result<Value, StoreError> {
  await withCheckedContinuation { waiter in start { waiter.resume(returning: $0) } }
}
