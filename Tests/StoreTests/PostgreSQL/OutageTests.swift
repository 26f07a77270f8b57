import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite("PostgreSQL lets down", .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct OutageTests {
  let place = TemporaryPlace()

  @Test("in the midst of writes, three times: nothing acknowledged is lost, nothing is doubled")
  func restarts() async throws {
    let server = try PostgreSQLServer()
    let store = try place.openPostgreSQL(on: server)
    let writing = Task { await write(to: store, from: 6) }
    for _ in 0..<3 {
      try await Task.sleep(for: .milliseconds(300))
      try server.stop()
      try await Task.sleep(for: .milliseconds(200))
      try server.start()
    }
    try await Task.sleep(for: .milliseconds(300))
    writing.cancel()
    let acknowledged = await writing.value
    try await expect(acknowledged, in: store)
    withExtendedLifetime(server) {}
  }

  @Test("or the network is cut, again and again: likewise", arguments: 0..<3)
  func cuts(seed: Int) async throws {
    var random = Seeded(seed: UInt64(seed))
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let store = try place.openPostgreSQL(through: proxy)
    let writing = Task { await write(to: store, from: 6) }
    for _ in 0..<12 {
      try await Task.sleep(for: .milliseconds(Int.random(in: 5..<150, using: &random)))
      proxy.cutOnce()
    }
    writing.cancel()
    let acknowledged = await writing.value
    try await expect(acknowledged, in: store)
    proxy.close()
  }

  @Test(
    "before the commit or after it, before its answer: the answer is the right one, and all is there once")
  func commitInDoubt() async throws {
    for trap in [Proxy.Trap.before, .after] {
      let place = TemporaryPlace()
      let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
      let store = try place.openPostgreSQL(through: proxy)
      proxy.set(trap, at: "COMMIT")
      #expect(await store.accept(message("a", key: "k")) == .success(.accepted("a")))
      #expect(!proxy.isTrapSet)
      proxy.cutOnce()
      proxy.set(trap, at: "COMMIT")
      let record = TranslationRecord(id: "a", state: .translated, deliveries: [delivery("d")])
      let receipts = try await store.record(record).get()
      #expect(receipts.count == 1 && receipts.allSatisfy { if case .added = $0 { true } else { false } })
      #expect(!proxy.isTrapSet)
      #expect(try store.deliveryCounts().first?.counts == [.waiting: 1])
      #expect(try await store.drain() == ["d"])
      proxy.close()
    }
  }

  @Test("during the commit and for longer than the store's patience: the doubt is told")
  func patienceEnds() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let store = try place.openPostgreSQL(through: proxy, change: { $0.patience = 0.3 })
    proxy.set(.afterForLong, at: "COMMIT")
    #expect(await store.accept(message("a")) == .failure(.inDoubt))
    proxy.cut()
    #expect(await store.accept(message("b")) == .failure(.unreachable(doing: "writing a batch")))
    #expect(throws: StoreError.unreachable(doing: "reading a message")) { try store.message("a") }
    proxy.mend()
    #expect(await store.accept(message("b")) == .success(.accepted("b")))
    #expect(try store.message("a") != nil && store.message("b") != nil)
    proxy.close()
  }

  @Test("or falls silent in the midst of a batch: others go on soon, and the batch is done in the end")
  func silence() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let silent = try place.openPostgreSQL(
      through: proxy,
      change: {
        $0.lease = 1_000
        $0.answerWithin = 3
      })
    let other = try place.openPostgreSQL()
    proxy.set(.silence, at: "COMMIT")
    async let late = silent.accept(message("a"))
    while proxy.isTrapSet { await Task.yield() }
    let start = ContinuousClock.now
    #expect(await other.accept(message("b")) == .success(.accepted("b")))
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(await late == .success(.accepted("a")))
    #expect(try other.counts() == [.received: 2])
    proxy.close()
  }

  @Test("while deliveries are handed out: what nobody got is handed out again")
  func lostClaim() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let store = try place.openPostgreSQL(through: proxy)
    try await store.record(delivery("a"), delivery("b", lane: "b"))
    #expect(try store.keys(1) == ["a"])
    proxy.cutOnce()
    proxy.set(.after, at: "take_due")
    #expect(throws: StoreError.unreachable(doing: "taking deliveries")) { try store.keys() }
    #expect(!proxy.isTrapSet)
    #expect(try store.keys() == ["b"])
    proxy.close()
  }

  @Test("by refusing unfit data: that message fails alone, and its error tells nothing of it")
  func unfit() async throws {
    let store = try place.openPostgreSQL(sealing: false)
    let secret = "19121212-1212"
    let results = await store.acceptAll(
      (0..<40).map { message("m\($0)", key: "\($0)", mapping: $0 == 17 ? secret + Unfit.text : "visits") })
    for (index, result) in results.enumerated() where index != 17 {
      #expect(result == .success(.accepted("m\(index)")))
    }
    #expect(results[17] == .failure(.refused(doing: "writing a batch", state: "54000")))
    #expect(try store.counts() == [.received: 39])
  }

  /// Accepts messages with a delivery each until cancelled; the ids of those that were acknowledged.
  private func write(to store: PostgreSQLMessageStore, from writers: Int) async -> Set<String> {
    await withTaskGroup(of: Set<String>.self) { group in
      for writer in 0..<writers {
        group.addTask {
          var done: Set<String> = []
          for count in 0..<1_000_000 where !Task.isCancelled {
            let id = "\(writer)/\(count)"
            guard case .success(.accepted(id)) = await store.accept(message(id, key: id)) else { continue }
            let new = delivery("k/\(id)", lane: "l\(writer)")
            let record = TranslationRecord(id: id, state: .translated, deliveries: [new])
            if case .success(let receipts) = await store.record(record), receipts.count == 1 {
              done.insert(id)
            }
          }
          return done
        }
      }
      return await group.reduce(into: []) { $0.formUnion($1) }
    }
  }

  private func expect(_ acknowledged: Set<String>, in store: PostgreSQLMessageStore) async throws {
    #expect(acknowledged.count > 5)
    for id in acknowledged { #expect(try store.message(id)?.state == .translated) }
    let keys = try await store.drain()
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys) == Set(acknowledged.map { "k/\($0)" }))
  }
}
