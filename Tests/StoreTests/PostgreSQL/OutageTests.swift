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
    let store = try place.openPostgreSQL(on: server, change: { $0.patience = 3600 })
    let acknowledged = Acknowledged()
    let writing = Task { await write(to: store, from: 6, noting: acknowledged) }
    for _ in 0..<3 {
      await acknowledged.grows()
      try server.stop()
      try await Task.sleep(for: .milliseconds(200))
      try server.start()
    }
    await acknowledged.grows()
    writing.cancel()
    await writing.value
    try await expect(acknowledged.all, in: store)
    withExtendedLifetime(server) {}
  }

  @Test("or the network is cut, again and again: likewise", arguments: 0..<3)
  func cuts(seed: Int) async throws {
    var random = Seeded(seed: UInt64(seed))
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let store = try place.openPostgreSQL(through: proxy, change: { $0.patience = 3600 })
    let acknowledged = Acknowledged()
    let writing = Task { await write(to: store, from: 6, noting: acknowledged) }
    for _ in 0..<12 {
      try await Task.sleep(for: .milliseconds(Int.random(in: 5..<150, using: &random)))
      proxy.cutOnce()
    }
    await acknowledged.grows()
    writing.cancel()
    await writing.value
    try await expect(acknowledged.all, in: store)
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
        $0.answerWithin = 30
      })
    let other = try place.openPostgreSQL()
    proxy.set(.silence, at: "COMMIT")
    // By completions, for a task may be resumed much later.
    let accepted = Mutex<[Result<Acceptance, StoreError>]>([])
    silent.accept(message("a")) { result in accepted.withLock { $0.append(result) } }
    #expect(eventually { !proxy.isTrapSet })
    other.accept(message("b")) { result in accepted.withLock { $0.append(result) } }
    #expect(await comesTrue { accepted.withLock { $0.count } == 2 })
    #expect(accepted.withLock { $0 } == [.success(.accepted("b")), .success(.accepted("a"))])
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

  /// Accepts messages with a delivery each until cancelled.
  private func write(
    to store: PostgreSQLMessageStore, from writers: Int, noting acknowledged: Acknowledged
  ) async {
    await withTaskGroup { group in
      for writer in 0..<writers {
        group.addTask {
          for count in 0..<1_000_000 where !Task.isCancelled {
            let id = "\(writer)/\(count)"
            guard case .success(.accepted(id)) = await store.accept(message(id, key: id)) else { continue }
            let new = delivery("k/\(id)", lane: "l\(writer)")
            let record = TranslationRecord(id: id, state: .translated, deliveries: [new])
            if case .success(let receipts) = await store.record(record), receipts.count == 1 {
              acknowledged.note(id)
            }
          }
        }
      }
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

/// The ids of messages as they are acknowledged.
private final class Acknowledged: Sendable {
  private let ids = Mutex<Set<String>>([])

  var all: Set<String> { ids.withLock { $0 } }

  func note(_ id: String) { ids.withLock { _ = $0.insert(id) } }

  /// Waits for some more.
  func grows() async {
    let before = all.count
    #expect(await comesTrue { all.count > before + 5 })
  }
}
