import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite(
  "What comes next in a lane, taken with a report",
  .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct TakingNextTests {
  let place = TemporaryPlace()

  @Test("is nobody else's to send or to change, until it is reported or given back")
  func claim() async throws {
    let (one, other) = (try place.openPostgreSQL(), try place.openPostgreSQL())
    let numbers = try await one.record(delivery("a1"), delivery("a2", body: "second"), delivery("a3"))
    #expect(try one.keys() == ["a1"])
    let (change, next) = try await one.deliver(numbers[0])
    #expect(change == .done && next?.key == "a2" && next?.body.bytes == Array("second".utf8))
    #expect(try other.take().isEmpty && one.take().isEmpty)
    #expect(try await other.intervene(.skip(reason: "x"), on: numbers[1]) == .busy)
    #expect(try await other.report(numbers[1], .delivered) == .busy)
    one.giveBack([numbers[1]])
    #expect(try await other.intervene(.replaceBody(contentType: "x", bytes: [1]), on: numbers[1]) == .done)
    let again = try other.take()
    #expect(again.map(\.key) == ["a2"] && again.first?.body.bytes == [1])
    #expect(try await other.deliver(numbers[1]).next?.key == "a3")
    #expect(try await other.deliverLast(numbers[2]) == .done)
  }

  @Test("is not taken before it is due, while a dead one holds the lane, or when nobody wants it")
  func notDue() async throws {
    let store = try place.openPostgreSQL()
    let numbers = try await store.record(
      delivery("a1"), delivery("a2", due: noon + 5), delivery("b1", lane: "b"), delivery("b2", lane: "b"))
    #expect(try store.keys() == ["a1", "b1"])
    #expect(try await store.deliverLast(numbers[0]) == .done)
    #expect(try await store.deliverLast(numbers[2], takingBy: nil) == .done)
    #expect(try store.keys() == ["b2"])
    try await store.report(numbers[3], .dead(problem: "400", holdsLane: true))
    try await store.record(delivery("b3", lane: "b"))
    #expect(try store.keys(now: noon + 5) == ["a2"])
  }

  @Test("is had once, though the network is cut before the commit or after it")
  func commitInDoubt() async throws {
    for trap in [Proxy.Trap.before, .after] {
      let place = TemporaryPlace()
      let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
      let (store, other) = (try place.openPostgreSQL(through: proxy), try place.openPostgreSQL())
      let numbers = try await store.record(delivery("a1"), delivery("a2"), delivery("b1", lane: "b"))
      #expect(try store.keys(1) == ["a1"])
      // On a new connection, which sends its words.
      proxy.cutOnce()
      proxy.set(trap, at: "COMMIT")
      #expect(try await store.deliver(numbers[0]).next?.key == "a2")
      #expect(!proxy.isTrapSet)
      // Those that asks anew gives back what it does not know of; this one it knows.
      proxy.cutOnce()
      #expect(try store.keys() == ["b1"])
      #expect(try other.take().isEmpty)
      #expect(try await store.deliverLast(numbers[1]) == .done)
      proxy.close()
    }
  }

  @Test("is free again when nobody knows whether the report was stored")
  func doubt() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let store = try place.openPostgreSQL(through: proxy, change: { $0.patience = 0.3 })
    let numbers = try await store.record(delivery("a1"), delivery("a2"))
    #expect(try store.keys() == ["a1"])
    proxy.cutOnce()
    proxy.set(.afterForLong, at: "COMMIT")
    await #expect(throws: StoreError.inDoubt) { try await store.deliver(numbers[0]) }
    proxy.mend()
    #expect(try await store.deliverLast(numbers[0]) == .ended(.delivered))
    #expect(try store.keys() == ["a2"])
    proxy.close()
  }

  @Test("keeps each lane's order, with three gateways that take, give back, retry and are closed")
  func order() async throws {
    let gateways = try (0..<3).map { _ in try place.openPostgreSQL() }
    let log = SendLog()
    for count in 0..<90 {
      try await gateways[count % 3].record(
        delivery("\(String(format: "%03d", count))a", lane: "l\(count % 4)"),
        delivery("\(String(format: "%03d", count))b", lane: "l\((count + 1) % 4)"))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, gateway) in gateways.enumerated() {
        group.addTask {
          var random = Seeded(seed: UInt64(index))
          while try (gateways[0].deliveryCounts().first?.counts[.delivered] ?? 0) < 180 {
            for due in try gateway.take(2) {
              var next: DueDelivery? = due
              while let each = next {
                if Int.random(in: 0..<8, using: &random) == 0 {
                  gateway.giveBack([each.number])
                  next = nil
                } else {
                  log.add(each)
                  next = try await gateway.deliver(each.number).next
                }
              }
            }
            // One goes away, with nothing on its hands.
            if index == 2, log.lanes.withLock({ $0.values.reduce(0) { $0 + $1.count } }) > 60 {
              return gateway.close()
            }
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
    let lanes = log.lanes.withLock { $0 }
    #expect(lanes.values.reduce(0) { $0 + $1.count } == 180)
    #expect(lanes.values.allSatisfy { $0 == $0.sorted() && Set($0).count == $0.count })
  }
}
