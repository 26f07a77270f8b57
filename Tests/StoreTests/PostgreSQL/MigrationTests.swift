import CSQLite
import Foundation
import Store
import TestRig
import Testing

@Suite("Moving to PostgreSQL", .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct MigrationTests {
  let place = TemporaryPlace()

  @Test("everything arrives, and goes on where it was")
  func everything() async throws {
    let old = try place.open(.sqlite)
    let numbers = try await fill(old)
    let before = try picture(of: old, numbers)
    old.close()
    let rows = try migrate()
    #expect(rows["message"] == 305 && rows["delivery"] == 308 && rows["delivery_edit"] == 1)
    let new = try place.open(.postgresql)
    #expect(try picture(of: new, numbers) == before)
    #expect(await new.accept(message("again", key: "k7", body: "body 7 å")) == .success(.repeated("m7")))
    #expect(await new.accept(message("corrected", key: "bad")) == .success(.accepted("corrected")))
    #expect(try await new.make(.append([AuditSample.entry(300)])).get() == 301)
    #expect(await new.bill([BillingSample.change("c", .debit)]) == nil)
    _ = try await new.apply([HubSample.put(HubSample.key(4))]).get()
    let added = try await new.record(delivery("more"))
    #expect(added[0] > numbers.max() ?? 0)
    let copy = try place.open(.sqlite)
    try await copy.record(delivery("more"))
    #expect(try await copy.drain(now: noon + 900) == new.drain(now: noon + 900))
  }

  @Test("a store that has something is left alone")
  func notEmpty() async throws {
    let old = try place.open(.sqlite)
    _ = await old.accept(message("a"))
    old.close()
    #expect(try migrate()["message"] == 1)
    let error = #expect(throws: StoreError.self) { try migrate() }
    #expect(error?.description == "cannot migrate: the PostgreSQL store is not empty: message has rows")
  }

  @Test("what fails leaves nothing, so that it can be done again")
  func failing() async throws {
    let old = try place.open(.sqlite)
    _ = await old.accept(message("many"))
    let many = (0..<600).map { delivery("k\($0)", lane: "l\($0)") }
    _ = await old.record(TranslationRecord(id: "many", state: .translated, deliveries: many))
    let numbers = try await old.record(delivery("last", lane: Unfit.text))
    old.close()
    #expect(throws: StoreError.refused(doing: "migrating", state: "54000")) { try migrate() }
    #expect(try place.open(.postgresql).counts() == [:])
    try change("UPDATE delivery SET lane = 'x' WHERE number = \(numbers[0])")
    try change("UPDATE lane SET name = 'x' WHERE head = \(numbers[0])")
    #expect(try migrate()["delivery"] == 601)
  }

  @Test("a table that has no place there stops it, a gateway that runs, and a file that is not there")
  func stopped() throws {
    #expect(throws: StoreError.self) { try migrate() }
    let old = try place.open(.sqlite)
    #expect(throws: StoreError.inUse(path: try place.directory.get().store)) { try migrate() }
    old.close()
    try change("CREATE TABLE novelty (x)")
    let error = #expect(throws: StoreError.self) { try migrate() }
    #expect(error?.description == "cannot migrate: the table novelty has no place in PostgreSQL yet")
  }

  private func migrate() throws -> [String: Int] {
    let configuration = try place.configuration(on: PostgreSQLServer.shared.get())
    return try StoreMigration.run(from: place.directory.get().store, to: configuration)
  }

  private func change(_ sql: String) throws {
    var handle: OpaquePointer?
    #expect(sqlite3_open(try place.directory.get().store, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
  }

  /// Messages and deliveries in every state.
  private func fill(_ store: any WholeStore) async throws -> [Int64] {
    _ = await store.acceptAll((0..<300).map { message("m\($0)", key: "k\($0)", body: "body \($0) å") })
    _ = await store.accept(message("empty", body: ""))
    _ = await store.accept(message("bad", key: "bad"))
    let json = Array("[1]".utf8)
    _ = await store.record(
      TranslationRecord(id: "bad", state: .rejected, diagnostics: json, mappingVersion: "2"))
    var numbers = try await store.record(
      delivery("a1"), delivery("a2"), delivery("a3"), delivery("b1", lane: "b"), delivery("b2", lane: "b"),
      delivery("c1", lane: "c"), delivery("d1", lane: "d", target: "journal"), delivery("e1", lane: "e"))
    for index in 0..<30 {
      let many = (0..<10).map { delivery("r\(index)/\($0)", lane: "l\(index * $0 % 9)") }
      let record = TranslationRecord(id: "m\(index)", state: .translated, deliveries: many)
      numbers += try await store.record(record).get().map(\.number)
    }
    _ = try store.take()
    try await store.report(numbers[0], .retry(due: noon + 700, problem: "503", stepsAside: true), attempts: 3)
    try await store.report(numbers[3], .dead(problem: "400", holdsLane: true))
    try await store.report(numbers[5], .delivered)
    store.giveBack(numbers)
    let edit = DeliveryIntervention.replaceBody(contentType: "text/plain", bytes: [0, 0xFF])
    try await store.intervene(edit, on: numbers[1])
    try await store.intervene(.skip(reason: "twice"), on: numbers[7])
    try await fillRest(store)
    for name in ["w1", "w2"] { _ = await store.accept(message(name)) }
    return numbers
  }

  /// The hub, the audit log past a full tile, billing with a closed batch, a body that is gone, and notes.
  private func fillRest(_ store: any WholeStore) async throws {
    var index = HubIndex()
    index.patient = HubSample.key(100)
    index.ranges = [HubRange(name: HubSample.key(3), times: 5...9)]
    for (number, expected) in [(1, nil), (2, nil), (1, 1 as Int64?)] {
      let put = HubSample.put(HubSample.key(number), expected: expected, time: Int64(number), index: index)
      _ = try await store.apply([put]).get()
    }
    let key = AuditKey(id: [1], pseudonym: [7], wrapped: [70])
    let entries = (0..<300).map { AuditSample.entry($0, patient: 5, key: $0 == 0 ? .new(key) : nil) }
    _ = try await store.make(.append(entries)).get()
    _ = try await store.make(.checkpoint(size: 300, note: "note")).get()
    for visit in ["a", "b"] { #expect(await store.bill([BillingSample.change(visit, .debit)]) == nil) }
    #expect(await store.closing(BillingSample.batch(1, [1])) == nil)
    let removal = BodyRemoval(rule: "all", isMeant: { _ in true }, before: noon + 1000, time: noon + 2000)
    let step = try await withCheckedContinuation { waiter in
      store.removeBodies(removal, at: .new, limit: 999) { waiter.resume(returning: $0) }
    }.get()
    #expect(step.messages == 1)
    let note = KeptChange(KeptEntry.Name(space: "booking", key: "1"), expected: nil, value: [1, 0])
    try await withCheckedContinuation { waiter in
      store.keep([note], with: nil) { waiter.resume(returning: $0) }
    }.get()
  }

  private func pictureOfRest(of store: any WholeStore) throws -> [String] {
    let visits = try store.resources(
      matching: HubQuery(under: [HubSample.key(100)]), after: nil, limit: 9)
    return [
      "\(visits.resources)", "\(try store.materials(under: HubSample.key(100)))",
      "\(try store.history(of: HubSample.key(1)))", "\(try store.contributors())",
      "\(try store.auditEntries(ofPatient: 5))", "\(try store.auditTile(level: 0, number: 0) ?? [])",
      "\(try store.auditKeys(ofPseudonym: [7]))", "\(String(describing: try store.lastAuditCheckpoint()))",
      "\(try store.billingRecords(ofVisit: "a"))", "\(try store.openBilling())",
      "\(try store.billingBatches())", "\(try store.billingLines(ofBatch: 1, after: 0, limit: 9))",
      "\(try store.kept(in: "booking", after: "", limit: 9))",
    ]
  }

  /// All that the protocols show of a store.
  private func picture(of store: any WholeStore, _ numbers: [Int64]) throws -> String {
    let ids = (0..<300).map { "m\($0)" } + ["empty", "bad", "w1", "w2"]
    let messages = try ids.map { try store.message($0).map { "\($0)" } ?? "none" }
    let deliveries = try numbers.map {
      try "\(String(describing: store.delivery($0))) \(store.bodies(ofDelivery: $0))"
    }
    let counts =
      try store.counts().map { "\($0) \($1)" }.sorted()
      + store.deliveryCounts().map { count in
        "\(count.target) \(count.counts.map { "\($0) \($1)" }.sorted()) \(count.heldLanes) \(count.oldestWaiting ?? 0)"
      }
    let waiting = try store.untranslated(limit: 999).map(\.message.id)
    let due = try ["npo", "journal"].map { try "\(store.nextDue(target: $0) ?? 0)" }
    return try (messages + deliveries + counts + waiting + due + pictureOfRest(of: store)).joined(
      separator: "\n")
  }
}
