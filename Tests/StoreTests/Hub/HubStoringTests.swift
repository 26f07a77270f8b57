import CSQLite
import Store
import Testing

/// What the hub's store keeps, and what it refuses.
struct HubStoringTests {
  private let place = TemporaryPlace()
  private let visit = HubSample.key(1)

  @Test(
    "A resource has its versions, each with its origin, and its message a trace", arguments: Engine.present)
  func versions(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.record("a", [HubSample.put(visit, content: "{\"a\":1}")]) == nil)
    let second = HubSample.put(visit, expected: 1, state: .nullified, time: 2, content: "{\"a\":2}")
    let other = HubIgnored(id: HubSample.key(2), type: "Patient", reason: .stale, since: 7)
    #expect(await store.record("b", [second, .ignore(other)]) == nil)
    let history = try store.history(of: visit)
    #expect(history.map(\.number) == [1, 2])
    #expect(history.map(\.state) == [.live, .nullified])
    #expect(history.map(\.origin.message) == ["m1", "m2"])
    #expect(history.map { String(decoding: $0.content, as: UTF8.self) } == ["{\"a\":1}", "{\"a\":2}"])
    let effects = try store.effects(ofMessage: "b")
    #expect(effects.map(\.kind) == [.changed, .stale])
    #expect(effects.map(\.version) == [2, nil])
    #expect(effects.map(\.since) == [nil, 7])
    let again = HubIgnored(id: visit, type: "Encounter", reason: .repeated, since: 1)
    #expect(await store.record("a", [.ignore(again)]) == nil)
    #expect(try store.effects(ofMessage: "a").map(\.kind) == [.created])
  }

  @Test("A record that was worked out from something else leaves nothing behind", arguments: Engine.present)
  func stale(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.record("a", [HubSample.put(visit)]) == nil)
    let other = HubSample.key(2)
    #expect(await store.record("b", [HubSample.put(other), HubSample.put(visit)]) == .stale)
    #expect(try store.materials([other]).resources.isEmpty)
    #expect(try store.message("b")?.state == .received)
    #expect(try store.effects(ofMessage: "b").isEmpty)
    #expect(
      await store.record("b", [HubSample.put(other), HubSample.put(visit, expected: 1, time: 2)]) == nil)
    #expect(try store.message("b")?.state == .translated)
  }

  @Test("Confirmations don't stand in each other's way, but in a change's", arguments: Engine.present)
  func confirmations(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.record("a", [HubSample.put(visit)]) == nil)
    func confirmation(_ time: Int64, version: Int64 = 1) -> HubChange {
      .confirm(
        HubConfirmation(
          id: visit, type: "Encounter", expected: version, origin: HubSample.origin(time)))
    }
    #expect(await store.record("b", [confirmation(3)]) == nil)
    #expect(await store.record("c", [confirmation(2)]) == nil)
    let material = try #require(try store.materials([visit]).resources[visit])
    #expect(material.statements.map(\.time) == [3])
    #expect(material.resource.version == 1)
    #expect(await store.record("d", [HubSample.put(visit, expected: 1, time: 4)]) == .stale)
    #expect(await store.record("d", [HubSample.put(visit, expected: material.revision, time: 4)]) == nil)
    #expect(await store.record("e", [confirmation(5)]) == .stale)
    func ignored(_ version: Int64) -> HubChange {
      .ignore(
        HubIgnored(id: visit, type: "Encounter", reason: .stale, since: 4, expected: version))
    }
    #expect(await store.record("f", [ignored(1)]) == .stale)
    #expect(await store.record("f", [ignored(2)]) == nil)
    let index = HubIndexing(id: visit, expected: 2, index: HubIndex())
    #expect(await store.record("g", [.index(index)]) == .stale)
  }

  @Test("A list is told once; who worked from an older telling is stale", arguments: Engine.present)
  func lists(engine: Engine) async throws {
    let store = try place.open(engine)
    let name = HubList.Name(whole: visit, type: "Condition", contributor: "c")
    func list(_ expected: HubList.Telling?, _ time: Int64) -> HubChange {
      .list(HubList(name: name, expected: expected, telling: HubList.Telling(time: time, message: "m")))
    }
    #expect(try store.materials([], lists: [name]).lists[name] == nil)
    #expect(await store.record("a", [list(nil, 1)]) == nil)
    #expect(await store.record("b", [list(nil, 2)]) == .stale)
    #expect(await store.record("b", [list(HubList.Telling(time: 1, message: "m"), 2)]) == nil)
    #expect(try store.materials([], lists: [name]).lists[name]?.time == 2)
  }

  @Test("What is removed of a patient is gone from everywhere, and others' stays", arguments: Engine.present)
  func removal(engine: Engine) async throws {
    let store = try place.open(engine)
    var index = HubIndex()
    index.patient = HubSample.key(100)
    index.entries = [HubSample.key(101)]
    let other = HubSample.key(2)
    _ = await store.apply([HubSample.put(visit, index: index), HubSample.put(other)])
    _ = await store.apply([HubSample.put(visit, expected: 1, time: 2, index: index)])
    #expect(try store.materials(under: HubSample.key(100)).count == 1)
    #expect(try await store.remove(.patient(HubSample.key(100))).get() == 1)
    #expect(try await store.remove(.patient(HubSample.key(100))).get() == 0)
    #expect(try store.history(of: visit).isEmpty)
    #expect(try store.materials(under: HubSample.key(101)).isEmpty)
    #expect(try store.materials([visit, other]).resources.keys.elementsEqual([other]))
    // The name is free again.
    #expect(await store.record("z", [HubSample.put(visit)]) == nil)
  }

  private func shared(_ id: HubKey) -> HubChange {
    .put(
      HubPut(
        id: id, type: "Encounter", expected: nil, state: .live, origin: HubSample.origin(1), content: [],
        index: HubIndex(),
        statements: ["visits platform", "notes journal"].map {
          HubStatement(contributor: $0, time: 1, message: "m", content: nil)
        }))
  }

  @Test(
    "Old versions and what a contributor told last before a time can go, a bounded number at once",
    arguments: Engine.present)
  func retention(engine: Engine) async throws {
    let store = try place.open(engine)
    for number in 1...5 {
      _ = await store.apply([HubSample.put(HubSample.key(number), time: Int64(number))])
      _ = await store.apply([
        HubSample.put(HubSample.key(number), expected: 1, time: Int64(number + 10))
      ])
    }
    _ = await store.apply([HubSample.put(HubSample.key(9), time: 1, by: "notes journal")])
    // One of which another tells too, and one that was confirmed since.
    _ = await store.apply([shared(HubSample.key(10)), HubSample.put(HubSample.key(11), time: 1)])
    _ = await store.apply([
      .confirm(
        HubConfirmation(
          id: HubSample.key(11), type: "Encounter", expected: 1, origin: HubSample.origin(50)))
    ])
    #expect(try store.contributors() == ["notes journal", "visits platform"])
    #expect(try await store.remove(.versions(before: 4), limit: 2).get() == 2)
    #expect(try await store.remove(.versions(before: 4), limit: 2).get() == 1)
    #expect(try store.history(of: HubSample.key(3)).map(\.number) == [2])
    #expect(try store.history(of: HubSample.key(4)).map(\.number) == [1, 2])
    #expect(try await store.remove(.resources(of: ["visits platform", "nobody"], before: 14)).get() == 3)
    #expect(
      try store.materials(after: 0, limit: 100).map(\.resource.id) == [4, 5, 9, 10, 11].map(HubSample.key))
  }

  /// What is there without the hub and all that came after it.
  private static let versionTwo: Set = [
    "message", "outcome", "waiting", "delivery_class", "delivery", "delivery_body", "delivery_edit",
    "delivery_problem", "lane", "behind", "delivery_tally",
  ]

  private static func tables(_ handle: OpaquePointer?) -> [String] {
    var statement: OpaquePointer?
    sqlite3_prepare_v2(handle, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    var names: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      names.append(String(cString: sqlite3_column_text(statement, 0)))
    }
    return names
  }

  @Test("A file of the version before gets the hub's tables and keeps what it has")
  func update() async throws {
    let store = try place.open(.sqlite, sealing: false)
    _ = await store.accept(message("old"))
    store.close()
    var handle: OpaquePointer?
    #expect(sqlite3_open(try place.directory.get().store, &handle) == SQLITE_OK)
    let later = Self.tables(handle).filter { !Self.versionTwo.contains($0) }
    #expect(later.contains("hub_resource"))
    let sql =
      "PRAGMA foreign_keys = OFF;" + later.map { "DROP TABLE \($0);" }.joined()
      + "ALTER TABLE delivery DROP COLUMN patient; DROP INDEX message_content_key;"
      + "ALTER TABLE message DROP COLUMN key_day; PRAGMA user_version = 2"
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let updated = try place.open(.sqlite)
    #expect(try updated.message("old")?.state == .received)
    let record = TranslationRecord(id: "old", state: .translated, hub: [HubSample.put(visit)])
    _ = try await updated.record(record).get()
    #expect(try updated.materials([visit]).resources.count == 1)
  }
}

extension MessageStore {
  /// Accepts a message that changes the hub so; nil when that is done.
  fileprivate func record(_ id: String, _ changes: [HubChange]) async -> StoreError? {
    _ = await accept(StoreTests.message(id))
    switch await record(TranslationRecord(id: id, state: .translated, hub: changes)) {
    case .success: return nil
    case .failure(let error): return error
    }
  }
}
