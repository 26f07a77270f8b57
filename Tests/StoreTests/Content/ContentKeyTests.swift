import Foundation
import Store
import TestRig
import Testing

@Suite("Content has keys of its own")
struct ContentKeyTests {
  @Test(
    "so that it is read as it was written, and nobody who has the database alone can",
    arguments: Engine.present)
  func secret(engine: Engine) async throws {
    let kept = Kept(engine)
    let store = try kept.open()
    let number = try #require(try await kept.fill(store, "a", day: 0).first)
    try await store.intervene(
      .replaceBody(contentType: "text/plain", bytes: Array("edited Tolvansson".utf8)), on: number)
    #expect(try store.message("a")?.message.body == Array("from Tolvansson".utf8))
    #expect(try store.untranslated(limit: 9).isEmpty)
    #expect(
      try store.bodies(ofDelivery: number).map { String(decoding: $0.bytes, as: UTF8.self) }
        == ["to Tolvansson", "edited Tolvansson"])
    #expect(try store.take().map(\.body.bytes) == [Array("edited Tolvansson".utf8)])
    let page = try store.messages(matching: MessageQuery(), .newestFirst, after: nil, limit: 9)
    #expect(page.messages.map(\.bytes) == [15])
    #expect(try !kept.shows("Tolvansson"))
    #expect(try kept.shows("application/json"), "the rest of the row is there to be seen")
  }

  @Test(
    "a key goes with the last content of its mapping and day, and nothing else does",
    arguments: Engine.present)
  func destruction(engine: Engine) async throws {
    let kept = Kept(engine)
    var store = try kept.open()
    _ = try await kept.fill(store, "old", day: 0)
    _ = try await kept.fill(store, "other", day: 0, mapping: "journal")
    _ = try await kept.fill(store, "later", day: 5)
    #expect(try await store.drain().count == 3)
    try await kept.remove("visits", before: 1, store)
    #expect(try store.destroyContentKeys(at: Kept.time(30)) == 0, "something may wait for its commit still")
    store.close()
    store = try kept.open()
    #expect(try kept.keys() == ["journal 0", "visits 0", "visits 5"])
    #expect(try store.destroyContentKeys(at: Kept.time(1)) == 0, "the day is hardly over")
    #expect(try store.destroyContentKeys(at: Kept.time(30)) == 1)
    #expect(try kept.keys() == ["journal 0", "visits 5"])
    #expect(try store.destroyContentKeys(at: Kept.time(30)) == 0)
    #expect(try store.message("old")?.bodyRemoved != nil)
    for id in ["other", "later"] {
      #expect(try store.message(id)?.message.body == Array("from Tolvansson".utf8))
    }
    #expect(await store.accept(kept.message("again", day: 0)) == .success(.accepted("again")))
    #expect(try store.message("again")?.message.body == Array("from Tolvansson".utf8), "with a new key")
  }

  @Test("a backup from before brings back the row, not the content")
  func backup() async throws {
    let kept = Kept(.sqlite)
    var store = try kept.open()
    _ = try await kept.fill(store, "a", day: 0)
    _ = await store.accept(kept.message("waits", day: 0))
    let copy = try kept.folder() + "/copy.sqlite"
    _ = try (store as? SQLiteMessageStore)?.backUp(to: copy)
    #expect(try await store.drain() == ["a.npo"])
    _ = await store.record(TranslationRecord(id: "waits", state: .translated))
    try await kept.remove("visits", before: 1, store)
    store.close()
    store = try kept.open()
    #expect(try store.destroyContentKeys(at: Kept.time(30)) == 1)
    store.close()
    try FileManager.default.removeItem(atPath: kept.file())
    try FileManager.default.moveItem(atPath: copy, toPath: kept.file())
    store = try kept.open()
    let lost = try #require(try store.message("a"))
    #expect(lost.message.isLost && lost.message.body.isEmpty && lost.isContentGone && lost.bodyRemoved == nil)
    #expect(try store.untranslated(limit: 9).map(\.message.isLost) == [true])
    let due = try store.take()
    #expect(due.map(\.body.isLost) == [true] && due.map(\.body.bytes) == [[]])
    #expect(try store.bodies(ofDelivery: due[0].number).map(\.isLost) == [true])
  }

  @Test(
    "another key for the keys is refused at the start, and so is none for what needs one",
    arguments: Engine.present)
  func foreign(engine: Engine) async throws {
    let kept = Kept(engine)
    let store = try kept.open()
    _ = await store.accept(kept.message("a", day: 0))
    store.close()
    var configuration = StoreConfiguration()
    configuration.contentKey = [UInt8](repeating: 8, count: 32)
    #expect(throws: StoreError.foreignContentKey(mapping: "visits")) {
      try kept.place.open(engine, configuration)
    }
    #expect(try kept.open().message("a")?.message.isLost == false)
  }

  @Test("without a key the store writes content as it comes, and says what it can't read")
  func without() async throws {
    let kept = Kept(.sqlite)
    let sealing = try kept.open()
    _ = await sealing.accept(kept.message("sealed", key: "k", day: 0))
    sealing.close()
    let plain = try SQLiteMessageStore(path: try kept.file())
    #expect(await plain.accept(kept.message("plain", key: "p", day: 0)) == .success(.accepted("plain")))
    #expect(try plain.message("sealed")?.message.isLost == true)
    let record = TranslationRecord(id: "sealed", state: .translated, deliveries: [delivery("d")])
    #expect(await plain.record(record) == .failure(.foreignContentKey(mapping: "visits")))
    plain.close()
    let again = try kept.open()
    let both = try again.untranslated(limit: 9).map { String(decoding: $0.message.body, as: UTF8.self) }
    #expect(both == ["from Tolvansson", "from Tolvansson"])
    for (id, key) in [("x", "k"), ("y", "p")] {
      #expect(
        await again.accept(kept.message(id, key: key, day: 3))
          == .success(.repeated(key == "k" ? "sealed" : "plain")))
      #expect(
        await again.accept(kept.message(id, key: key, day: 3, body: "other"))
          == .success(.conflict(key == "k" ? "sealed" : "plain")))
    }
  }

  @Test(
    "contents that somebody has exchanged, or changed in one bit, are not read as each other's",
    arguments: Engine.present)
  func exchanged(engine: Engine) async throws {
    let kept = Kept(engine)
    let store = try kept.open()
    for id in ["a", "b", "c"] { _ = await store.accept(kept.message(id, day: 0, body: "of \(id)")) }
    try kept.sql(
      "UPDATE message SET body = (SELECT body FROM message AS other WHERE other.id = 'b') WHERE id = 'a'")
    #expect(try store.message("a")?.message.isLost == true)
    #expect(try store.message("b")?.message.body == Array("of b".utf8))
    #expect(try store.message("c")?.message.body == Array("of c".utf8))
  }

  @Test(
    "what is moved to PostgreSQL is read there with the same key",
    .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
  func migration() async throws {
    let kept = Kept(.sqlite)
    let store = try kept.open()
    _ = try await kept.fill(store, "a", day: 0)
    _ = await store.accept(kept.message("b", day: 3))
    store.close()
    let target = try kept.place.configuration(on: PostgreSQLServer.shared.get())
    try StoreMigration.run(from: kept.file(), to: target)
    let moved = try kept.place.openPostgreSQL()
    #expect(try moved.untranslated(limit: 9).map(\.message.body) == [Array("from Tolvansson".utf8)])
    #expect(try moved.take().map(\.body.bytes) == [Array("to Tolvansson".utf8)])
  }
}

/// A store whose keys and rows a test can look at.
private struct Kept {
  let engine: Engine
  let place = TemporaryPlace()

  init(_ engine: Engine) { self.engine = engine }

  func open() throws -> any WholeStore { try place.open(engine) }

  static func time(_ day: Int64) -> Int64 { noon + day * 86_400_000 }

  func message(
    _ id: String, key: String? = nil, mapping: String = "visits", day: Int64, body: String = "from Tolvansson"
  ) -> NewMessage {
    NewMessage(
      id: id, mapping: mapping, senderKey: key, received: Self.time(day), contentType: "application/json",
      body: Array(body.utf8))
  }

  /// A translated message with one delivery; its number.
  func fill(
    _ store: any WholeStore, _ id: String, day: Int64, mapping: String = "visits"
  ) async throws -> [Int64] {
    _ = await store.accept(message(id, mapping: mapping, day: day))
    let record = TranslationRecord(
      id: id, state: .translated, deliveries: [delivery("\(id).npo", lane: id, body: "to Tolvansson")])
    return try await store.record(record).get().map(\.number)
  }

  func remove(_ mapping: String, before day: Int64, _ store: any WholeStore) async throws {
    let removal = BodyRemoval(
      rule: mapping, isMeant: { $0 == mapping }, before: Self.time(day), time: Self.time(30))
    _ = try await withCheckedContinuation { waiter in
      store.removeBodies(removal, at: .new, limit: 99) { waiter.resume(returning: $0) }
    }.get()
  }

  // MARK: looking

  func folder() throws -> String { try place.directory.get().path }
  func file() throws -> String { try place.directory.get().store }

  func sql(_ text: String) throws {
    switch engine {
    case .sqlite:
      let program =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
      #expect(try Program.run("/usr/bin/python3", ["-c", program, try file(), text]).status == 0)
    case .postgresql:
      try PostgreSQLServer.shared.get().psql("SET search_path TO \(place.schema); \(text)")
    }
  }

  /// The keys that are there: mapping and day, counted from the first.
  func keys() throws -> [String] {
    switch engine {
    case .sqlite:
      let folder = URL(filePath: try file() + ".keys")
      let form = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
      let first = Date(timeIntervalSince1970: Double(noon / 86_400_000 * 86_400))
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).flatMap { day in
        let number = Int(try form.parse(day).timeIntervalSince(first) / 86_400)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + day)
          .map { "\($0) \(number)" }
      }.sorted()
    case .postgresql:
      return try PostgreSQLServer.shared.get().psql(
        "SELECT mapping || ' ' || day - \(noon / 86_400_000) FROM \(place.schema).content_key ORDER BY 1"
      ).split(separator: "\n").map(String.init)
    }
  }

  /// Whether the database holds a text anywhere.
  func shows(_ text: String) throws -> Bool {
    switch engine {
    case .sqlite:
      return try ["", "-wal"].contains { suffix in
        try Data(contentsOf: URL(filePath: file() + suffix)).range(of: Data(text.utf8)) != nil
      }
    case .postgresql:
      let tables = ["message", "delivery_body", "delivery_edit"]
      return try tables.contains { table in
        // A bytea's text form is hexadecimal.
        let hexadecimal = text.utf8.map { String($0, radix: 16) }.joined()
        let rows = try PostgreSQLServer.shared.get().psql("SELECT * FROM \(place.schema).\(table)")
        return rows.contains(hexadecimal) || rows.contains(text)
      }
    }
  }
}
