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

  @Test("one of them translates for all, what all have stored, in the order stored")
  func translator() async throws {
    let heard = Heard()
    let one = try place.openPostgreSQL(signal: heard.add)
    let other = try place.openPostgreSQL()
    #expect(try one.leadsTranslation() && one.leadsTranslation())
    #expect(try !other.leadsTranslation())
    _ = await one.accept(message("a"))
    _ = await other.accept(message("b"))
    _ = await one.accept(message("c"))
    await heard.waitFor(.messages)
    #expect(try one.untranslated(limit: 9).map(\.message.id) == ["a", "b", "c"])
    #expect(one.isShared && other.isShared)
  }

  @Test("what one records that does not translate any more is stale, and so is what another has recorded")
  func fencing() async throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    #expect(try one.leadsTranslation())
    for name in ["a", "b", "c"] { _ = await one.accept(message(name)) }
    #expect(await other.recordFirst("a") == .stale)
    #expect(await one.recordFirst("a") == nil)
    #expect(await one.recordFirst("a") == .stale)
    // It hangs, and its lease is over.
    let schema = place.schema
    try PostgreSQLServer.shared.get().psql(
      "UPDATE \(schema).gateway SET lease_until = 'epoch' WHERE number = (SELECT gateway FROM \(schema).translator)"
    )
    #expect(try other.leadsTranslation())
    #expect(await one.recordFirst("b") == .stale)
    #expect(await other.recordFirst("b") == nil)
    #expect(try !one.leadsTranslation())
    // Whoever translates something again is not the one who translates first.
    #expect(try await one.record(TranslationRecord(id: "b", state: .translated)).get().isEmpty)
    #expect(try other.untranslated(limit: 9).map(\.message.id) == ["c"])
  }

  @Test("two that lead by turns, cut off or hanging, record each message once and in the order stored")
  func turns() async throws {
    let gateways = [try place.openPostgreSQL(), try place.openPostgreSQL(), try place.openPostgreSQL()]
    let (schema, server) = (place.schema, try PostgreSQLServer.shared.get())
    try server.psql(
      """
      CREATE TABLE \(schema).told (place bigserial, sequence bigint);
      CREATE FUNCTION \(schema).tell() RETURNS trigger LANGUAGE plpgsql AS $x$
      BEGIN INSERT INTO \(schema).told (sequence) VALUES (old.sequence); RETURN old; END $x$;
      CREATE TRIGGER told AFTER DELETE ON \(schema).waiting FOR EACH ROW EXECUTE FUNCTION \(schema).tell()
      """)
    let count = 300
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        let gateway = gateways[number % 3]
        group.addTask { _ = await gateway.accept(message("m\(number)")) }
      }
      for (index, gateway) in gateways.enumerated() {
        group.addTask {
          var last: String?
          while try gateway.counts()[.translated] != count {
            guard try gateway.leadsTranslation() else {
              last = nil
              try await Task.sleep(for: .milliseconds(2))
              continue
            }
            let page = try gateway.untranslated(after: last, limit: 7).map(\.message.id)
            // Sometimes somebody believes that it is dead.
            if index == page.count % 3 {
              try server.psql("DELETE FROM \(schema).translator")
            }
            if await gateway.recordFirst(page) == nil { last = page.last } else { last = nil }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(
      try server.psql("SELECT count(*), count(DISTINCT sequence) FROM \(schema).told") == "\(count)|\(count)")
    let jumps =
      "SELECT count(*) FROM (SELECT sequence < lag(sequence) OVER (ORDER BY place) AS back FROM \(schema).told) AS each"
    #expect(try server.psql(jumps + " WHERE back") == "0")
  }

  @Test("agree on what must be alike")
  func agreement() throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    try one.agree(on: "key", "x")
    try other.agree(on: "key", "x")
    #expect(throws: StoreError.disagreement(name: "key")) { try other.agree(on: "key", "y") }
    try other.agree(on: "other", "y")
  }

  @Test("tell each other what may differ for a while, as long as they live")
  func telling() throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    #expect(try one.tellOthers("mappings", "A").isEmpty)
    #expect(try Array(other.tellOthers("mappings", "B").values) == ["A"])
    #expect(try Array(one.tellOthers("mappings", "B").values) == ["B"])
    #expect(try other.tellOthers("else", "C").isEmpty)
    one.close()
    #expect(try other.tellOthers("mappings", "B").isEmpty)
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

  @Test("one that closes translates no more at once, and the others hear of it")
  func leaving() async throws {
    let heard = Heard()
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL(signal: heard.add))
    #expect(try one.leadsTranslation() && !other.leadsTranslation())
    _ = await one.accept(message("a"))
    heard.forget()
    one.close()
    await heard.waitFor(.translations)
    #expect(try other.leadsTranslation())
    #expect(try other.untranslated(limit: 9).map(\.message.id) == ["a"])
  }

  @Test("one is cut off: the other takes over after the lease, and no lane gets out of order")
  func takeover() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let heard = Heard()
    let lost = try place.openPostgreSQL(
      through: proxy,
      change: {
        $0.lease = 30_000
        $0.patience = 0.2
      })
    let other = try place.openPostgreSQL(signal: heard.add, change: { $0.lease = 30_000 })
    let numbers = try await lost.record(delivery("a1"), delivery("a2"), delivery("b1", lane: "b"))
    _ = await lost.accept(message("waits"))
    #expect(try lost.leadsTranslation())
    let taken = try lost.dueDeliveries(target: "npo", now: noon, lease: 1_000, limit: 1)
    #expect(taken.map(\.key) == ["a1"])
    // Longer than its claim's lease: it lives, so nobody takes over.
    try await Task.sleep(for: .milliseconds(2_200))
    #expect(try other.keys() == ["b1"])
    #expect(try !other.leadsTranslation())
    heard.forget()
    proxy.cut()
    #expect(try other.take().isEmpty)
    await heard.waitFor(.deliveries(target: "npo"))
    await heard.waitFor(.translations)
    #expect(try other.keys() == ["a1"])
    #expect(try other.leadsTranslation())
    await #expect(throws: StoreError.unreachable(doing: "writing a batch")) {
      try await lost.report(numbers[0], .delivered)
    }
    // Back again, it learns that it is not its own any more.
    proxy.mend()
    #expect(try await lost.report(numbers[0], .delivered) == .busy)
    #expect(await lost.recordFirst("waits") == .stale)
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
    #expect(try gone.leadsTranslation())
    #expect(throws: StoreError.inUse(path: file)) {
      try place.openPostgreSQL(change: { $0.presenceFile = file })
    }
    // It can't give back what it has.
    proxy.cut()
    gone.close()
    let other = try place.openPostgreSQL()
    #expect(try other.take().isEmpty)
    #expect(try !other.leadsTranslation())
    let next = try place.openPostgreSQL(change: { $0.presenceFile = file })
    #expect(try next.keys() == ["a"])
    #expect(try next.leadsTranslation())
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

extension MessageStore {
  /// Records as the one that translates for all; why not, if not.
  func recordFirst(_ ids: [String]) async -> StoreError? {
    let records = ids.map { TranslationRecord(id: $0, state: .translated).asFirst }
    let result = await withCheckedContinuation { waiter in
      record(records) { waiter.resume(returning: $0) }
    }
    if case .failure(let error) = result { return error }
    return nil
  }

  func recordFirst(_ id: String) async -> StoreError? { await recordFirst([id]) }
}
