import Store
import Testing

@Suite("Finding messages")
struct FindingMessagesTests {
  private let place = TemporaryPlace()

  private static let start: Int64 = 1_700_000_000_000

  private func id(_ number: Int) -> String {
    let digits = String(Self.start + Int64(number) * 1000, radix: 16)
    let padded = String(repeating: "0", count: 12 - digits.count) + digits
    return "\(padded.prefix(8))-\(padded.suffix(4))-7000-8000-000000000000"
  }

  private func fill(_ store: any WholeStore) async throws {
    let all = (0..<300).map { number in
      NewMessage(
        id: id(number), mapping: number % 3 == 0 ? "visits" : "notes", senderKey: "k\(number)",
        received: Self.start + Int64(number) * 1000, contentType: "text/plain", body: [1, 2, 3])
    }
    for message in all { _ = try await store.accept(message).get() }
    let ended = all.enumerated().filter { $0.offset % 4 != 0 }.map { number, message in
      TranslationRecord(
        id: message.id, state: number % 4 == 1 ? .rejected : .translated, mappingVersion: "\(number % 5)")
    }
    _ = try await store.recordAll(ended).get()
  }

  private func all(
    _ query: MessageQuery, _ order: MessageOrder, _ store: any WholeStore, by limit: Int
  ) throws -> [MessageSummary] {
    var found: [MessageSummary] = []
    var cursor: Int64?
    repeat {
      let page = try store.messages(matching: query, order, after: cursor, limit: limit)
      #expect(page.messages.count <= limit)
      found += page.messages
      cursor = page.next
    } while cursor != nil
    return found
  }

  @Test("finds exactly what is asked for, in either order, by pages of any size", arguments: Engine.present)
  func exactly(engine: Engine) async throws {
    let store = try place.open(engine)
    try await fill(store)
    let times = (Self.start + 40_000)...(Self.start + 220_000)
    let queries: [(MessageQuery, @Sendable (Int) -> Bool)] = [
      (MessageQuery(), { _ in true }),
      (MessageQuery(state: .received), { $0 % 4 == 0 }),
      (MessageQuery(state: .rejected, mapping: "visits"), { $0 % 4 == 1 && $0 % 3 == 0 }),
      (MessageQuery(mappingVersion: "3", received: times), { $0 % 4 != 0 && $0 % 5 == 3 && 40...220 ~= $0 }),
      (MessageQuery(state: .translated, received: times), { $0 % 4 > 1 && 40...220 ~= $0 }),
      (MessageQuery(mapping: "nobody's"), { _ in false }),
    ]
    for (query, isWanted) in queries {
      let wanted = (0..<300).filter(isWanted).map(id)
      for limit in [1, 7, 500] {
        #expect(try all(query, .oldestFirst, store, by: limit).map(\.id) == wanted)
        #expect(try all(query, .newestFirst, store, by: limit).map(\.id) == wanted.reversed())
      }
    }
    let rejected = try #require(try all(MessageQuery(state: .rejected), .oldestFirst, store, by: 9).first)
    #expect(rejected.senderKey == "k1" && rejected.bytes == 3 && rejected.mappingVersion == "1")
  }

  @Test("finds a message by its sender's key, until it is rejected", arguments: Engine.present)
  func ofKey(engine: Engine) async throws {
    let store = try place.open(engine)
    try await fill(store)
    #expect(try store.message(withKey: "k2", mapping: "notes") == id(2))
    #expect(try store.message(withKey: "k2", mapping: "visits") == nil)
    #expect(try store.message(withKey: "k1", mapping: "notes") == nil)
  }
}
