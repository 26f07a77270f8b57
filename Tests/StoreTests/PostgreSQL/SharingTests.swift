import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite(
  "Two gateways on one database", .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct SharingTests {
  let place = TemporaryPlace()

  @Test("never have the same delivery, nor two of a lane")
  func disjoint() async throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    try await one.record(delivery("a1"), delivery("a2"), delivery("b1", lane: "b"), delivery("c1", lane: "c"))
    #expect(try one.keys(2) == ["a1", "b1"])
    #expect(try other.keys() == ["c1"])
    #expect(try other.take().isEmpty && other.nextDue(target: "npo") == nil)
    try await one.report(1, .delivered)
    #expect(try other.keys() == ["a2"])
  }

  @Test(
    "what a gateway left behind is taken by the others, with what they hold themselves, in the order stored")
  func abandoned() async throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    for name in ["a", "b"] { _ = await one.accept(message(name)) }
    _ = await other.accept(message("own"))
    #expect(try other.takeUntranslated(after: nil, lease: 60_000, limit: 9).map(\.message.id) == ["own"])
    one.close()
    #expect(
      try other.takeUntranslated(after: nil, lease: 60_000, limit: 9).map(\.message.id) == ["a", "b", "own"])
  }

  @Test("translate what was stored first first, whoever has it, and wake whose turn it is")
  func turns() async throws {
    let heard = Heard()
    let one = try place.openPostgreSQL()
    let other = try place.openPostgreSQL(signal: heard.add)
    for name in ["a1", "a2"] { _ = await one.accept(message(name)) }
    for name in ["b1", "b2"] { _ = await other.accept(message(name)) }
    _ = await one.accept(message("a3"))
    #expect(try one.countInTurn(["a1", "a2", "a3"]) == 2)
    #expect(try other.countInTurn(["b1", "b2"]) == 0)
    _ = try await one.record(TranslationRecord(id: "a1", state: .translated)).get()
    #expect(try other.countInTurn(["b1", "b2"]) == 0)
    heard.forget()
    _ = try await one.record(TranslationRecord(id: "a2", state: .translated)).get()
    await heard.waitFor(.turn)
    #expect(try other.countInTurn(["b1", "b2"]) == 2 && one.countInTurn(["a3"]) == 0)
    _ = try await other.record(TranslationRecord(id: "b1", state: .translated)).get()
    _ = try await other.record(TranslationRecord(id: "b2", state: .translated)).get()
    #expect(try one.countInTurn(["a3"]) == 1)
    // What is nobody's any more, or another's, is not in turn for who believes to have it.
    #expect(try one.countInTurn(["a2", "a3"]) == 0)
    one.close()
    #expect(try other.countInTurn(["a3"]) == 0)
    #expect(try other.takeUntranslated(after: nil, lease: 60_000, limit: 9).map(\.message.id) == ["a3"])
    #expect(try other.countInTurn(["a3"]) == 1)
  }

  @Test("agree on what must be alike")
  func agreement() throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    try one.agree(on: "key", "x")
    try other.agree(on: "key", "x")
    #expect(throws: StoreError.disagreement(name: "key")) { try other.agree(on: "key", "y") }
    try other.agree(on: "other", "y")
  }

  @Test("who sends and who intervenes see each other")
  func intervening() async throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    let numbers = try await one.record(delivery("a"), delivery("b"))
    _ = try one.take()
    #expect(try await other.intervene(.skip(reason: "x"), on: numbers[0]) == .busy)
    #expect(try await other.report(numbers[0], .delivered) == .busy)
    one.giveBack([numbers[0]])
    #expect(try await other.intervene(.skip(reason: "x"), on: numbers[0]) == .done)
    #expect(try one.keys() == ["b"])
  }

  @Test("keep the order of each lane with all that they record and send at once")
  func order() async throws {
    let gateways = try (0..<3).map { _ in try place.openPostgreSQL() }
    let log = SendLog()
    let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
      for (index, gateway) in gateways.enumerated() {
        group.addTask {
          for count in 0..<60 {
            try await gateway.record(
              delivery("\(index)/\(count)a", lane: "l\(count % 4)"),
              delivery("\(index)/\(count)b", lane: "l\((count + index) % 4)"))
          }
          return 120
        }
        group.addTask {
          while try (gateway.deliveryCounts().first?.counts[.delivered] ?? 0) < 360 {
            for due in try gateway.take(3) {
              log.add(due)
              try await gateway.report(due.number, .delivered)
            }
            await Task.yield()
          }
          return 0
        }
      }
      return try await group.reduce(0, +)
    }
    let lanes = log.lanes.withLock { $0 }
    #expect(lanes.values.reduce(0) { $0 + $1.count } == recorded)
    #expect(lanes.values.allSatisfy { $0 == $0.sorted() && Set($0).count == $0.count })
  }

  @Test("tell each other what is due")
  func signals() async throws {
    let heard = Heard()
    let one = try place.openPostgreSQL()
    let other = try place.openPostgreSQL(signal: heard.add)
    await heard.waitFor(.everything)
    try await one.record(delivery("a", target: "journal"))
    await heard.waitFor(.deliveries(target: "journal"))
    withExtendedLifetime(other) {}
  }

  @Test("translate each message once; what one that closes leaves is free at once, and the others hear of it")
  func translating() async throws {
    let heard = Heard()
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL(signal: heard.add))
    for name in ["a", "b", "c"] { _ = await one.accept(message(name)) }
    #expect(try other.takeUntranslated(after: nil, lease: 60_000, limit: 9).isEmpty)
    #expect(try other.untranslated(limit: 9).count == 3)
    #expect(try one.takeUntranslated(after: "a", lease: 60_000, limit: 1).map(\.message.id) == ["b"])
    _ = try await one.record(TranslationRecord(id: "a", state: .translated)).get()
    one.close()
    await heard.waitFor(.translations)
    #expect(try other.takeUntranslated(after: nil, lease: 0, limit: 9).map(\.message.id) == ["b", "c"])
  }

  @Test("one is cut off: the other takes over after the lease, and no lane gets out of order")
  func takeover() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let heard = Heard()
    let lost = try place.openPostgreSQL(
      through: proxy,
      change: {
        $0.lease = 6_000
        $0.patience = 0.2
      })
    let other = try place.openPostgreSQL(signal: heard.add, change: { $0.lease = 6_000 })
    let numbers = try await lost.record(delivery("a1"), delivery("a2"), delivery("b1", lane: "b"))
    _ = await lost.accept(message("waits"))
    let taken = try lost.dueDeliveries(target: "npo", now: noon, lease: 1_000, limit: 1)
    #expect(taken.map(\.key) == ["a1"])
    // Longer than its claim's lease: it lives, so nobody takes over.
    try await Task.sleep(for: .milliseconds(2_200))
    #expect(try other.keys() == ["b1"])
    #expect(try other.takeUntranslated(after: nil, lease: 1_000, limit: 9).isEmpty)
    heard.forget()
    proxy.cut()
    #expect(try other.take().isEmpty)
    await heard.waitFor(.deliveries(target: "npo"))
    await heard.waitFor(.translations)
    #expect(try other.keys() == ["a1"])
    #expect(try other.takeUntranslated(after: nil, lease: 1_000, limit: 9).map(\.message.id) == ["waits"])
    await #expect(throws: StoreError.unreachable(doing: "writing a batch")) {
      try await lost.report(numbers[0], .delivered)
    }
    // Back again, it learns that it is not its own any more.
    proxy.mend()
    #expect(try await lost.report(numbers[0], .delivered) == .busy)
    try await other.report(numbers[0], .delivered)
    #expect(try lost.keys() == ["a2"])
    proxy.close()
  }

  @Test("one that starts where another was frees at once what that one had; but not while it runs")
  func successor() async throws {
    let file = try place.directory.get().path + "/gateway"
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let gone = try place.openPostgreSQL(
      through: proxy,
      change: {
        $0.presenceFile = file
        $0.patience = 0.2
      })
    try await gone.record(delivery("a"))
    _ = await gone.accept(message("waits"))
    #expect(try gone.keys() == ["a"])
    #expect(throws: StoreError.inUse(path: file)) {
      try place.openPostgreSQL(change: { $0.presenceFile = file })
    }
    // It can't give back what it has.
    proxy.cut()
    gone.close()
    let other = try place.openPostgreSQL()
    #expect(try other.take().isEmpty)
    let next = try place.openPostgreSQL(change: { $0.presenceFile = file })
    #expect(try next.keys() == ["a"])
    #expect(try next.takeUntranslated(after: nil, lease: 60_000, limit: 9).map(\.message.id) == ["waits"])
    proxy.close()
  }

  @Test("eight that start at once make the tables once")
  func starting() async throws {
    _ = try place.configuration(on: PostgreSQLServer.shared.get())
    let stores = try await withThrowingTaskGroup(of: PostgreSQLMessageStore.self) { group in
      for _ in 0..<8 { group.addTask { try place.openPostgreSQL() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for (index, store) in stores.enumerated() {
      #expect(await store.accept(message("m\(index)")) == .success(.accepted("m\(index)")))
    }
    #expect(try stores[0].counts() == [.received: 8])
  }
}

/// Signals as they come.
final class Heard: Sendable {
  private let signals = Mutex<Set<StoreSignal>>([])

  @Sendable func add(_ signal: StoreSignal) {
    signals.withLock { _ = $0.insert(signal) }
  }

  func forget() {
    signals.withLock { $0 = [] }
  }

  /// Fails after ten seconds.
  func waitFor(_ signal: StoreSignal) async {
    for _ in 0..<1_000 {
      if signals.withLock({ $0.contains(signal) }) { return }
      try? await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("\(signal) was never heard")
  }
}
