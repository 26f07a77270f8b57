import Synchronization
import TestRig
import Testing

@testable import Gateway
@testable import Store

/// Whoever translates gets each message that is stored, once, in the order in which they are stored: whatever is told
/// when, whatever there is room for, and however often it starts again.
@Suite("Messages that wait for their translation", .timeLimit(.minutes(60)))
struct UntranslatedMessagesTests {
  @Test("are taken once each and in order")
  func law() throws {
    var early = 0
    for seed in 0..<400 as Range<UInt64> {
      var trial = Trial(seed: seed)
      for _ in 0..<400 { try trial.step() }
      try trial.end()
      let isRight = trial.store.isEmpty && trial.recorded == trial.stored
      #expect(isRight, "seed \(seed): \(trial.stored.count) stored, \(trial.recorded.count) recorded")
      if trial.tookEarly { early += 1 }
    }
    #expect(early > 200)
  }

  @Test("come on their way to the disk once the store has no others")
  func early() throws {
    let store = QuietStore()
    let messages = UntranslatedMessages(store)
    #expect(try messages.next(10).isEmpty)
    #expect(messages.announce(quiet("1")))
    #expect(!messages.announce(quiet("2")))
    #expect(try messages.next(10).map(\.id) == ["1", "2"])
  }
}

private func quiet(_ id: String) -> NewMessage {
  NewMessage(id: id, mapping: "visits", received: 0, contentType: "text/plain", body: [])
}

/// What a gateway's threads may do, one after another as chance wills.
private struct Trial {
  let store = QuietStore()
  private let messages: UntranslatedMessages
  private var chance: Seeded
  private var made = 0
  /// Those that are announced, and whether they will be stored; the store writes them in this order.
  private var queued: [(message: NewMessage, isGood: Bool)] = []
  /// Those that are written, of which nobody was told yet.
  private var written: [(message: NewMessage, isGood: Bool)] = []
  /// What is being translated.
  private var taken: [String] = []
  /// The ids of all that were stored, and of all that were recorded.
  private(set) var stored: [String] = []
  private(set) var recorded: [String] = []
  /// Whether anything was taken that was not written yet.
  private(set) var tookEarly = false
  /// Whether there was nothing to take, and nobody has woken the worker since.
  private var sleeps = false

  init(seed: UInt64) {
    chance = Seeded(seed: seed)
    messages = UntranslatedMessages(store, mostWaiting: Int(seed % 40) + 1)
  }

  mutating func step() throws {
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<35: announce()
    case 35..<55: write(Int.random(in: 1...4, using: &chance))
    case 55..<75: tell(Int.random(in: 1...4, using: &chance))
    case 75..<90: try take()
    case 90..<98: record(Int.random(in: 1...6, using: &chance))
    default: startAgain()
    }
  }

  /// Everybody comes to an end. The worker goes on as long as it is awake.
  mutating func end() throws {
    write(queued.count)
    tell(written.count)
    while !taken.isEmpty || !sleeps {
      record(taken.count)
      try take()
    }
  }

  private mutating func announce() {
    made += 1
    let message = quiet("\(made)")
    wake(messages.announce(message))
    queued.append((message, Int.random(in: 0..<5, using: &chance) > 0))
  }

  private mutating func write(_ count: Int) {
    let batch = queued.prefix(count)
    queued.removeFirst(batch.count)
    written += batch
    stored += batch.filter(\.isGood).map(\.message.id)
    store.add(batch.filter(\.isGood).map(\.message))
  }

  private mutating func tell(_ count: Int) {
    let batch = written.prefix(count)
    written.removeFirst(batch.count)
    for each in batch { wake(messages.settle(each.message, isStored: each.isGood)) }
  }

  private mutating func wake(_ isWoken: Bool) {
    if isWoken { sleeps = false }
  }

  private mutating func take() throws {
    if sleeps { return }
    let next = try messages.next(Int.random(in: 1...4, using: &chance)).map(\.id)
    #expect(Set(taken).isDisjoint(with: next))
    taken += next
    sleeps = next.isEmpty
    if next.contains(where: { id in queued.contains { $0.message.id == id } }) { tookEarly = true }
  }

  /// The store leaves out what it has not accepted; what it has not written yet is not recorded either.
  private mutating func record(_ count: Int) {
    for id in taken.prefix(count) {
      if queued.contains(where: { $0.message.id == id }) { return }
      taken.removeFirst()
      if store.remove(id) { recorded.append(id) }
    }
  }

  private mutating func startAgain() {
    sleeps = false
    taken = []
    messages.startAgain()
  }
}

/// A store of messages that wait, and nothing else.
private final class QuietStore: MessageStore {
  private let waiting = Mutex<[(place: Int, message: NewMessage)]>([])
  private let places = Mutex<[String: Int]>([:])

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }
  var isShared: Bool { false }

  func add(_ messages: [NewMessage]) {
    for message in messages {
      let place = places.withLock { places in
        places[message.id] = places.count + 1
        return places.count
      }
      waiting.withLock { $0.append((place, message)) }
    }
  }

  /// Whether it was there.
  func remove(_ id: String) -> Bool {
    waiting.withLock { waiting in
      let count = waiting.count
      waiting.removeAll { $0.message.id == id }
      return waiting.count < count
    }
  }

  func untranslated(after id: String?, limit: Int) throws(StoreError) -> [StoredMessage] {
    let place = places.withLock { places in id.flatMap { places[$0] } ?? 0 }
    return waiting.withLock { $0 }.filter { $0.place > place }.prefix(limit).map {
      StoredMessage(
        message: $0.message, state: .received, diagnostics: nil, mappingVersion: nil, bodyRemoved: nil,
        bytes: 0)
    }
  }

  func leadsTranslation() throws(StoreError) -> Bool { true }

  func follow(_ follower: any MessageFollower) {}

  func accept(
    _ message: NewMessage, as outcome: TranslationRecord?,
    completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void
  ) { completion(.failure(.closed)) }

  func record(
    _ translations: [TranslationRecord], inOrder order: RecordingOrder?,
    completion: @escaping @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void
  ) { completion(.failure(.closed)) }

  func message(_ id: String) throws(StoreError) -> StoredMessage? { nil }

  func message(withKey senderKey: String, mapping: String) throws(StoreError) -> String? { nil }

  func messages(
    matching query: MessageQuery, _ order: MessageOrder, after cursor: Int64?, limit: Int
  ) throws(StoreError) -> MessagePage { throw .closed }

  func counts() throws(StoreError) -> [MessageState: Int] { [:] }

  func close() {}
}
