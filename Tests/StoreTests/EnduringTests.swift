import CSQLite
import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite("A store endures", .serialized)
struct EnduringTests {
  let directory: TemporaryDirectory
  let place = TemporaryPlace()

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test("being closed and opened again", arguments: Engine.present)
  func reopen(engine: Engine) async throws {
    let first = try place.open(engine)
    _ = await first.acceptAll((0..<100).map { message("id-\($0)", key: "\($0)") })
    first.close()
    let second = try place.open(engine)
    #expect(try second.counts() == [.received: 100])
    #expect(await second.accept(message("again", key: "7")) == .success(.repeated("id-7")))
  }

  @Test("a crash: what was reported as stored is in the files at that moment")
  func crash() async throws {
    let store = try SQLiteMessageStore(path: directory.store)
    _ = await store.acceptAll((0..<300).map { message("id-\($0)", key: "\($0)") })
    _ = try await store.record(TranslationRecord(id: "id-0", state: .translated)).get()
    let copy = try TemporaryDirectory()
    for name in ["messages.sqlite", "messages.sqlite-wal"] {
      try FileManager.default.copyItem(atPath: "\(directory.path)/\(name)", toPath: "\(copy.path)/\(name)")
    }
    let revived = try SQLiteMessageStore(path: copy.store)
    #expect(try revived.counts() == [.received: 299, .translated: 1])
    #expect(try revived.untranslated(limit: 1).map(\.message.id) == ["id-1"])
  }

  @Test("a log that was torn in the middle of a write: the commits before it remain")
  func tornLog() async throws {
    let store = try SQLiteMessageStore(path: directory.store)
    _ = await store.accept(message("first"))
    let log = try FileManager.default.attributesOfItem(atPath: directory.store + "-wal")[.size] as? Int
    _ = await store.accept(message("second", body: String(repeating: "x", count: 50_000)))
    let copy = try TemporaryDirectory()
    try FileManager.default.copyItem(atPath: directory.store, toPath: copy.store)
    let torn = try Data(contentsOf: URL(filePath: directory.store + "-wal")).prefix((log ?? 0) + 6_000)
    try torn.write(to: URL(filePath: copy.store + "-wal"))
    let revived = try SQLiteMessageStore(path: copy.store)
    #expect(try revived.message("first") != nil)
    #expect(try revived.message("second") == nil)
  }

  @Test("a full disk: those writes fail, reading goes on, and writing does once there is room")
  func full() async throws {
    var configuration = StoreConfiguration()
    configuration.maximumFileBytes = 900_000
    let store = try SQLiteMessageStore(path: directory.store, configuration: configuration)
    _ = await store.accept(message("small"))
    let large = message("large", body: String(repeating: "x", count: 1_000_000))
    #expect(await store.accept(large) == .failure(.failed(doing: "storing a message", code: SQLITE_FULL)))
    #expect(try store.message("small") != nil)
    #expect(await store.accept(message("next")) == .success(.accepted("next")))
    #expect(try store.counts() == [.received: 2])
  }

  @Test("close writes what waits and refuses what comes later", arguments: Engine.present)
  func drains(engine: Engine) async throws {
    let store = try place.open(engine)
    let done = Mutex(0)
    for number in 0..<2000 {
      store.accept(message("id-\(number)")) { if case .success = $0 { done.withLock { $0 += 1 } } }
    }
    store.close()
    #expect(done.withLock { $0 } == 2000)
    #expect(await store.accept(message("late")) == .failure(.closed))
    #expect(throws: StoreError.closed) { try store.message("id-1") }
  }
}

@Suite("A store of an earlier program")
struct EarlierSchemaTests {
  /// Version 1 of the schema with three messages, as the first program left them: it named no versions of
  /// mappings.
  private static let first = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE message (
      sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mapping TEXT NOT NULL, sender_key TEXT,
      received INTEGER NOT NULL, content_type TEXT NOT NULL, body BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX message_sender_key ON message (mapping, sender_key) WHERE sender_key IS NOT NULL;
    CREATE TABLE outcome (
      sequence INTEGER PRIMARY KEY REFERENCES message, state TEXT NOT NULL, rejected_key TEXT,
      mapping_version TEXT, diagnostics BLOB
    ) STRICT;
    CREATE INDEX outcome_state ON outcome (state);
    CREATE TABLE waiting (sequence INTEGER PRIMARY KEY REFERENCES message) STRICT;
    INSERT INTO message VALUES
      (1, 'done', 'visits', 'k1', 42, 'application/json', x'7B7D'),
      (2, 'refused', 'visits', NULL, 43, 'application/json', x'5B5D'),
      (3, 'waits', 'visits', 'k3', 44, 'application/json', x'7B7D');
    INSERT INTO outcome VALUES (1, 'translated', NULL, NULL, NULL), (2, 'rejected', 'k2', NULL, x'5B5D');
    INSERT INTO waiting VALUES (3);
    PRAGMA user_version = 1;
    """

  @Test("is read, and written on with the versions of mappings and with deliveries")
  func firstVersion() async throws {
    let directory = try TemporaryDirectory()
    var handle: OpaquePointer?
    #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, Self.first, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let store = try SQLiteMessageStore(path: directory.store)
    let done = try #require(try store.message("done"))
    #expect(done.state == .translated && done.mappingVersion == nil)
    #expect(try store.message("refused")?.message.senderKey == "k2")
    #expect(try store.untranslated(limit: 9).map(\.message.id) == ["waits"])
    let record = TranslationRecord(
      id: "waits", state: .translated, mappingVersion: "v", deliveries: [delivery("waits/npo")])
    #expect(await store.record(record) == .success([.added(1)]))
    #expect(try store.take().map(\.message) == ["waits"])
    #expect(try store.message("waits")?.mappingVersion == "v")
    #expect(await store.accept(message("again", key: "k1", body: "{}")) == .success(.repeated("done")))
  }
}

@Suite("A store that is let go")
struct ReleasingTests {
  @Test("by its own completion still ends well, and its file can be opened again", arguments: Engine.present)
  func releasedByCompletion(engine: Engine) async throws {
    let place = TemporaryPlace()
    let holder = Mutex<(any MessageStore & DeliveryStore)?>(try place.open(engine))
    await withCheckedContinuation { waiter in
      holder.withLock { $0 }?.accept(message("a")) { _ in
        holder.withLock { $0 }?.close()
        waiter.resume()
      }
    }
    holder.withLock { $0 = nil }
    let reopened = await watch({ try? place.open(engine) }, until: { $0 != nil })
    #expect(try reopened?.counts() == [.received: 1])
  }
}

@Suite("A store refuses", .serialized)
struct RefusingTests {
  let directory: TemporaryDirectory
  let place = TemporaryPlace()

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test("a second opener, until the first has closed")
  func secondOpener() throws {
    let first = try SQLiteMessageStore(path: directory.store)
    #expect(throws: StoreError.inUse(path: directory.store)) { try SQLiteMessageStore(path: directory.store) }
    first.close()
    try SQLiteMessageStore(path: directory.store).close()
  }

  @Test("a directory that it cannot write to")
  func readOnly() throws {
    let error = #expect(throws: StoreError.self) { try SQLiteMessageStore(path: "/proc/messages.sqlite") }
    #expect(error?.description.hasPrefix("cannot open /proc/messages.sqlite.lock: ") == true)
  }

  @Test("a file that is no database")
  func noDatabase() throws {
    try Data(repeating: 0x41, count: 10_000).write(to: URL(filePath: directory.store))
    #expect(throws: StoreError.failed(doing: "setting up the store", code: SQLITE_NOTADB)) {
      try SQLiteMessageStore(path: directory.store)
    }
  }

  @Test("a file of a newer version")
  func newerSchema() throws {
    try SQLiteMessageStore(path: directory.store).close()
    var handle: OpaquePointer?
    sqlite3_open(directory.store, &handle)
    sqlite3_exec(handle, "PRAGMA user_version = 99", nil, nil, nil)
    sqlite3_close(handle)
    let error = #expect(throws: StoreError.self) { try SQLiteMessageStore(path: directory.store) }
    #expect(error?.description.contains("schema version 99") == true)
  }

  @Test("more than may wait, and nothing of what it refused is stored", arguments: Engine.present)
  func overload(engine: Engine) async throws {
    var configuration = StoreConfiguration()
    configuration.maximumWaiting = 3
    let store = try place.open(engine, configuration)
    let gate = DispatchSemaphore(value: 0)
    let entered = DispatchSemaphore(value: 0)
    store.accept(message("blocks the writer")) { _ in
      entered.signal()
      gate.wait()
    }
    await withCheckedContinuation { waiter in
      Thread.detachNewThread {
        entered.wait()
        waiter.resume()
      }
    }
    for number in 0..<3 { store.accept(message("waits-\(number)")) { _ in } }
    #expect(await store.accept(message("too many")) == .failure(.overloaded))
    gate.signal()
    store.close()
    let reopened = try place.open(engine)
    #expect(try reopened.counts() == [.received: 4])
    #expect(try reopened.message("too many") == nil)
  }
}
