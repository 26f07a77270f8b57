import Cryptography
import Store
import TestRig
import Testing

/// What the audit log's store keeps, and what it refuses.
struct AuditStoringTests {
  private let place = TemporaryPlace()

  @Test(
    "Entries are found by number, patient, person and time; tiles hold their hashes",
    arguments: Engine.present)
  func finding(engine: Engine) async throws {
    let store = try place.open(engine)
    let entries = (0..<600).map { AuditSample.entry($0, patient: Int64($0 % 7), person: Int64($0 % 11)) }
    for start in stride(from: 0, to: 600, by: 150) {
      #expect(try await store.make(.append(Array(entries[start..<(start + 150)]))).get() == start + 150)
    }
    #expect(try store.auditSize() == 600)
    #expect(try store.auditEntries(from: 598, limit: 5).map(\.record) == entries[598...].map(\.record))
    #expect(try store.auditEntries(ofPatient: 3).map(\.number) == Array(stride(from: 3, to: 600, by: 7)))
    #expect(try store.auditEntries(ofPerson: 10).map(\.number) == Array(stride(from: 10, to: 600, by: 11)))
    #expect(try store.firstAuditEntry(since: 255) == 255)
    #expect(try store.firstAuditEntry(since: 600) == nil)
    #expect(try store.auditTiles() == [0, 1].map { AuditTilePlace(level: 0, number: $0) })
    let leaves = entries[256..<512].flatMap { Array($0.leaf.bytes) }
    #expect(try store.auditTile(level: 0, number: 1) == leaves)
  }

  @Test("The tree goes on where it stood, whoever appended", arguments: Engine.present)
  func goingOn(engine: Engine) async throws {
    var store = try place.open(engine)
    for size in [200, 300, 301, 700] {
      let from = try store.auditSize()
      _ = try await store.make(.append((from..<size).map { AuditSample.entry($0) })).get()
      store.close()
      store = try place.open(engine)
    }
    let tiles = try store.auditTiles()
    #expect(tiles.count == 2)
    for tile in tiles {
      let leaves = (0..<256).flatMap { Array(AuditSample.entry(tile.number * 256 + $0).leaf.bytes) }
      #expect(try store.auditTile(level: tile.level, number: tile.number) == leaves)
    }
  }

  @Test(
    "Two gateways append to one tree",
    .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
  func sharing() async throws {
    let gateways = try (0..<2).map { _ in try place.openPostgreSQL() }
    for start in stride(from: 0, to: 600, by: 20) {
      let entries = (start..<(start + 20)).map { AuditSample.entry($0) }
      #expect(try await gateways[start / 20 % 3 % 2].make(.append(entries)).get() == start + 20)
    }
    for tile in [0, 1] {
      let leaves = (0..<256).flatMap { Array(AuditSample.entry(tile * 256 + $0).leaf.bytes) }
      #expect(try gateways[0].auditTile(level: 0, number: tile) == leaves)
    }
  }

  @Test("Keys come with entries, and what is erased does not come back", arguments: Engine.present)
  func erasing(engine: Engine) async throws {
    let store = try place.open(engine)
    let (old, new) = (
      AuditKey(id: [1], pseudonym: [7], wrapped: [70]), AuditKey(id: [2], pseudonym: [7], wrapped: [71])
    )
    _ = try await store.make(.append([AuditSample.entry(0, key: .new(old))])).get()
    _ = try await store.make(.append([AuditSample.entry(1, key: .stored(id: [1]))])).get()
    #expect(try store.auditKeys(ofPseudonym: [7]) == [old] && store.auditKey([1]) == old)
    let erased = AuditChange.erase(pseudonym: [7], refusing: [[2]], AuditSample.entry(2))
    #expect(try await store.make(erased).get() == 3)
    #expect(try store.auditKeys(after: [], limit: 9).isEmpty)
    for use in [AuditKeyUse.stored(id: [1]), .new(new)] {
      let result = await store.make(.append([AuditSample.entry(3, key: use)]))
      #expect(throws: StoreError.staleAuditKey) { try result.get() }
      let accepted = await store.accept(
        NewMessage(
          id: "m", mapping: "visits", received: 0, contentType: "text/plain", body: [],
          audit: [AuditSample.entry(3, key: use)]))
      #expect(accepted == .failure(.staleAuditKey))
    }
    #expect(try store.auditSize() == 3 && store.message("m") == nil)
  }

  @Test(
    "Checkpoints are kept by size, and archiving takes records and leaves the tree", arguments: Engine.present
  )
  func archiving(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = try await store.make(.append((0..<300).map { AuditSample.entry($0) })).get()
    for (size, note) in [(100, "a"), (300, "b"), (100, "c")] {
      _ = try await store.make(.checkpoint(size: size, note: note)).get()
    }
    #expect(try store.lastAuditCheckpoint()?.note == "b")
    #expect(try store.auditCheckpoints(after: 0, limit: 9).map(\.note) == ["c", "b"])
    #expect(try await store.make(.archive(below: 299, AuditSample.entry(300))).get() == 301)
    #expect(try store.auditEntries(from: 0, limit: 1).map(\.number) == [256])
    #expect(try store.auditSize() == 301 && store.auditTiles().count == 1)
  }

  @Test(
    "A message brings its entries once, and a report that changes nothing none", arguments: Engine.present)
  func together(engine: Engine) async throws {
    let store = try place.open(engine)
    func received(_ id: String) -> NewMessage {
      NewMessage(
        id: id, mapping: "visits", senderKey: "k", received: 0, contentType: "text/plain", body: [1],
        audit: [AuditSample.entry(0)])
    }
    #expect(await store.accept(received("a")) == .success(.accepted("a")))
    #expect(await store.accept(received("b")) == .success(.repeated("a")))
    #expect(try store.auditSize() == 1)
    let number = try await store.record(delivery("d"))[0]
    let report = DeliveryReport(
      number: number, result: .delivered, attempts: 1, time: 1, audit: [AuditSample.entry(1)])
    for _ in 0..<2 {
      _ = await withCheckedContinuation { waiter in store.report(report) { waiter.resume(returning: $0) } }
    }
    #expect(try store.auditSize() == 2)
  }
}

enum AuditSample {
  static func entry(
    _ number: Int, patient: Int64? = nil, person: Int64? = nil, key: AuditKeyUse? = nil
  ) -> NewAuditEntry {
    NewAuditEntry(
      record: Array("entry \(number)".utf8), time: Int64(number), patient: patient, person: person, key: key)
  }
}

extension AuditStore {
  func make(_ change: AuditChange) async -> Result<Int, StoreError> {
    await withCheckedContinuation { waiter in self.change(change) { waiter.resume(returning: $0) } }
  }
}
