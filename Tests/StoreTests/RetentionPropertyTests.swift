import Store
import TestRig
import Testing

@Suite("Removal under chance")
struct RetentionPropertyTests {
  @Test(
    "never takes what somebody still needs, and leaves nothing that nobody needs",
    arguments: Engine.present(seeds: 16))
  func property(engine: Engine, seed: Int) async throws {
    var run = try RetentionRun(engine, seed: UInt64(seed))
    for step in 0..<120 {
      try await run.step()
      try run.compare("seed \(seed), step \(step)")
    }
    try await run.removeAll()
    try run.compareEnd("seed \(seed), the end")
  }
}

/// A store whose messages get on by chance while bodies are removed, and what is known of them.
private struct RetentionRun {
  private struct Known {
    let received: Int64
    var state = MessageState.received
    var deliveries: [Int64: DeliveryState] = [:]

    var isNeeded: Bool {
      state == .received || state == .failed || deliveries.values.contains { $0 == .waiting || $0 == .dead }
    }
  }

  private let place = TemporaryPlace()
  private let store: any WholeStore
  private var random: Seeded
  private var known: [String: Known] = [:]
  private var clock: Int64 = noon
  /// Everything older than this may have been removed.
  private var horizon: Int64 = 0

  init(_ engine: Engine, seed: UInt64) throws {
    store = try place.open(engine)
    random = Seeded(seed: seed)
  }

  mutating func step() async throws {
    clock += Int64.random(in: 1...1000, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<3: await accept()
    case 3..<5: try await translate()
    case 5..<7: try await deliver()
    default: try await remove(before: clock - Int64.random(in: 0...20_000, using: &random))
    }
  }

  private mutating func accept() async {
    let id = "m\(known.count)"
    known[id] = Known(received: clock)
    _ = await store.accept(
      NewMessage(
        id: id, mapping: "visits", received: clock, contentType: "text/plain", body: Array("body \(id)".utf8))
    )
  }

  private mutating func translate() async throws {
    let waiting = known.filter { $0.value.state == .received }.keys.sorted()
    guard let id = waiting.randomElement(using: &random) else { return }
    let state = [MessageState.translated, .translated, .failed, .rejected].randomElement(using: &random)
    known[id]?.state = state ?? .failed
    let count = state == .translated ? Int.random(in: 0...2, using: &random) : 0
    let deliveries = (0..<count).map {
      delivery("\(id).\($0)", lane: "\(id).\($0)", created: clock, body: "document of \(id).\($0)")
    }
    let record = TranslationRecord(id: id, state: state ?? .failed, deliveries: deliveries)
    for receipt in try await store.record(record).get() { known[id]?.deliveries[receipt.number] = .waiting }
  }

  private mutating func deliver() async throws {
    guard let due = try store.take(1, now: clock).first else { return }
    #expect(due.body.bytes == Array("document of \(due.key)".utf8))
    let isDelivered = Int.random(in: 0..<3, using: &random) > 0
    try await store.report(due.number, isDelivered ? .delivered : .dead(problem: "no"), time: clock)
    known[due.message]?.deliveries[due.number] = isDelivered ? .delivered : .dead
  }

  private mutating func remove(before: Int64) async throws {
    horizon = max(horizon, before)
    let removal = BodyRemoval(rule: "r", isMeant: { _ in true }, before: before, time: clock)
    var place: BodyRemovalPlace? = .left(0)
    while let at = place {
      place = try await withCheckedContinuation { waiter in
        store.removeBodies(removal, at: at, limit: 3) { waiter.resume(returning: $0) }
      }.get().next
    }
  }

  mutating func removeAll() async throws {
    try await remove(before: clock + 1)
  }

  func compare(_ place: String) throws {
    for (id, known) in known {
      guard let stored = try store.message(id) else {
        Issue.record("\(id) is gone, \(place)")
        continue
      }
      #expect(stored.state == known.state, "\(place)")
      let isRemoved = stored.bodyRemoved != nil
      #expect(stored.message.body == (isRemoved ? [] : Array("body \(id)".utf8)), "\(place)")
      if known.isNeeded || known.received >= horizon { #expect(!isRemoved, "\(id), \(place)") }
    }
  }

  func compareEnd(_ place: String) throws {
    for (id, known) in known {
      #expect(try (store.message(id)?.bodyRemoved != nil) == !known.isNeeded, "\(id), \(place)")
    }
  }
}
