import Store
import TestRig
import Testing

/// Looking at the log at one moment.
struct AuditScanTests {
  private let place = TemporaryPlace()

  @Test("Scans see one moment, whatever is appended meanwhile", arguments: Engine.present)
  func moment(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    _ = try await store.make(.append((0..<300).map { AuditSample.entry($0, patient: 7) })).get()
    let scans = try store.auditScans(2)
    #expect(scans.map(\.size) == [300, 300])
    _ = try await store.make(.append((300..<600).map { AuditSample.entry($0) })).get()
    for scan in scans {
      #expect(try scan.auditSize() == 300 && scan.auditTiles().count == 1)
      #expect(try scan.auditEntries(from: 299, limit: 9).map(\.number) == [299])
    }
    #expect(try store.auditSize() == 600)
    #expect(try store.auditScans(1).map(\.size) == [600])
  }

  @Test(
    "A scan that nothing is asked for longer than a lease is still there",
    .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
  func patience() async throws {
    let store = try place.openPostgreSQL(change: { $0.lease = 300 })
    defer { store.close() }
    _ = try await store.make(.append([AuditSample.entry(0)])).get()
    let scans = try store.auditScans(1)
    try await Task.sleep(for: .milliseconds(900))
    #expect(try scans[0].auditSize() == 1)
  }

  @Test("Entries are shown where they lie, until no more are wanted", arguments: Engine.present)
  func visiting(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    let entries = (0..<20).map { AuditSample.entry($0, patient: $0 % 2 == 0 ? nil : 7, person: Int64($0)) }
    _ = try await store.make(.append(entries)).get()
    var seen: [Int] = []
    try store.visitAuditEntries(from: 3, limit: 9) { row, record in
      #expect(row.time == Int64(row.number) && row.person == Int64(row.number))
      #expect(row.patient == (row.number % 2 == 0 ? nil : 7))
      #expect(record.indices.map { record[$0] } == entries[row.number].record)
      seen.append(row.number)
      return row.number < 7
    }
    #expect(seen == [3, 4, 5, 6, 7])
    #expect(try store.auditEntries(from: 0, limit: 1).count == 1, "the statement is free again")
  }
}
