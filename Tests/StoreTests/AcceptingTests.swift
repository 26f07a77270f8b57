import Foundation
import Store
import Synchronization
import Testing

@Suite("Accepting messages", .serialized)
struct AcceptingTests {
  let place = TemporaryPlace()

  @Test("an accepted message can be read back byte for byte", arguments: Engine.present)
  func readBack(engine: Engine) async throws {
    let store = try place.open(engine)
    let new = NewMessage(
      id: "a", mapping: "visits", senderKey: "k å", received: 42, contentType: "text/plain",
      body: [0, 1, 0xFF])
    #expect(await store.accept(new) == .success(.accepted("a")))
    let stored = try #require(try store.message("a"))
    #expect(stored.message.body == [0, 1, 0xFF])
    #expect(stored.message.senderKey == "k å")
    #expect(stored.message.received == 42)
    #expect(stored.message.contentType == "text/plain")
    #expect(stored.state == .received)
    #expect(stored.diagnostics == nil && stored.mappingVersion == nil)
    #expect(try store.message("b") == nil)
  }

  @Test("an empty body stays empty", arguments: Engine.present)
  func emptyBody(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.accept(message("a", body: "")) == .success(.accepted("a")))
    #expect(try store.message("a")?.message.body == [])
  }

  @Test("a thousand messages at once are all stored", arguments: Engine.present)
  func many(engine: Engine) async throws {
    let store = try place.open(engine)
    let results = await store.acceptAll((0..<1000).map { message("id-\($0)", key: "key-\($0)") })
    #expect(results.enumerated().allSatisfy { $1 == .success(.accepted("id-\($0)")) })
    #expect(try store.counts() == [.received: 1000])
  }

  @Test("the same key with the same bytes gives the first one's id", arguments: Engine.present)
  func repeated(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.accept(message("first", key: "k"))
    #expect(await store.accept(message("second", key: "k")) == .success(.repeated("first")))
    #expect(try store.counts() == [.received: 1])
  }

  @Test("the same key with other bytes is a conflict", arguments: Engine.present)
  func conflict(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.accept(message("first", key: "k"))
    #expect(await store.accept(message("second", key: "k", body: "other")) == .success(.conflict("first")))
    #expect(try store.message("second") == nil)
  }

  @Test(
    "the same key under another mapping is another message, and so is one without a key",
    arguments: Engine.present)
  func otherMapping(engine: Engine) async throws {
    let store = try place.open(engine)
    let results = await store.acceptAll([
      message("a", key: "k"), message("b", key: "k", mapping: "notes"), message("c"), message("d"),
    ])
    #expect(results == ["a", "b", "c", "d"].map { .success(.accepted($0)) })
  }

  @Test("a key with U+0000 in it is taken, and known again", arguments: Engine.present)
  func nullInKey(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.accept(message("first", key: "k\u{0}1")) == .success(.accepted("first")))
    #expect(await store.accept(message("second", key: "k\u{0}1")) == .success(.repeated("first")))
    #expect(await store.accept(message("third", key: "k\u{0}2")) == .success(.accepted("third")))
  }

  @Test("a key of any length is taken, and known again", arguments: Engine.present)
  func longKey(engine: Engine) async throws {
    let store = try place.open(engine)
    let key = Unfit.text
    #expect(await store.accept(message("first", key: key)) == .success(.accepted("first")))
    #expect(await store.accept(message("second", key: key)) == .success(.repeated("first")))
    #expect(await store.accept(message("third", key: key + ".")) == .success(.accepted("third")))
    #expect(try store.message(withKey: key, mapping: "visits") == "first")
    #expect(try store.message("first")?.message.senderKey?.hasPrefix("sha256:") == true)
  }

  @Test("of a hundred equal ones at once exactly one is accepted", arguments: Engine.present)
  func duplicatesTogether(engine: Engine) async throws {
    let store = try place.open(engine)
    let results = await store.acceptAll((0..<100).map { message("id-\($0)", key: "k") })
    let accepted = results.compactMap { if case .success(.accepted(let id)) = $0 { id } else { nil } }
    #expect(accepted.count == 1)
    #expect(results.filter { $0 == .success(.repeated(accepted.first ?? "")) }.count == 99)
  }

  @Test("an id that is taken fails alone, not its neighbours", arguments: Engine.present)
  func takenIdentifier(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.accept(message("taken", body: "first"))
    let results = await store.acceptAll([message("a"), message("taken", body: "other"), message("b")])
    #expect(results == [.success(.accepted("a")), .failure(.identifierTaken), .success(.accepted("b"))])
    #expect(try store.message("taken")?.message.body == Array("first".utf8))
  }

  @Test("after a rejection the sender may correct the message under the same key", arguments: Engine.present)
  func afterRejection(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.accept(message("first", key: "k"))
    _ = await store.record(TranslationRecord(id: "first", state: .rejected))
    #expect(await store.accept(message("second", key: "k", body: "better")) == .success(.accepted("second")))
    #expect(await store.accept(message("third", key: "k", body: "better")) == .success(.repeated("second")))
  }
}

@Suite("Recording translations", .serialized)
struct RecordingTests {
  let place = TemporaryPlace()

  @Test(
    "what has become of a message when it comes is stored with it, unless it came before",
    arguments: Engine.present)
  func known(engine: Engine) async throws {
    let store = try place.open(engine)
    let accept = { (message: NewMessage) in
      let outcome = TranslationRecord(id: message.id, state: .rejected, mappingVersion: "1")
      return await withCheckedContinuation { waiter in
        store.accept(message, as: outcome) { waiter.resume(returning: $0) }
      }
    }
    #expect(await accept(message("a")) == .success(.accepted("a")))
    #expect(try store.message("a")?.state == .rejected && store.untranslated(limit: 9).isEmpty)
    #expect(await accept(message("a")) == .failure(.identifierTaken))
    _ = await store.accept(message("b", key: "k"))
    #expect(await accept(message("c", key: "k")) == .success(.repeated("b")))
    #expect(try store.counts() == [.received: 1, .rejected: 1])
  }

  @Test("a record is stored with its message", arguments: Engine.present)
  func recorded(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.accept(message("a"))
    let record = TranslationRecord(
      id: "a", state: .translated, diagnostics: Array("[]".utf8), mappingVersion: "1.2"
    )
    _ = try await store.record(record).get()
    let stored = try #require(try store.message("a"))
    #expect(stored.state == .translated)
    #expect(stored.diagnostics == Array("[]".utf8))
    #expect(stored.mappingVersion == "1.2")
  }

  @Test("a record of an unknown message fails", arguments: Engine.present)
  func unknown(engine: Engine) async throws {
    let store = try place.open(engine)
    let result = await store.record(TranslationRecord(id: "nobody", state: .failed))
    #expect(throws: StoreError.unknownMessage) { try result.get() }
  }

  @Test("what waits for its translation comes oldest first, in pages", arguments: Engine.present)
  func untranslated(engine: Engine) async throws {
    let store = try place.open(engine)
    for number in 0..<5 { _ = await store.accept(message("id-\(number)")) }
    _ = try await store.record(TranslationRecord(id: "id-1", state: .translated)).get()
    #expect(try store.untranslated(limit: 2).map(\.message.id) == ["id-0", "id-2"])
    #expect(try store.untranslated(after: "id-2", limit: 9).map(\.message.id) == ["id-3", "id-4"])
    #expect(try store.counts() == [.received: 4, .translated: 1])
  }
}
