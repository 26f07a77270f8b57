import Delivery
import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite("A pump and the disk", .timeLimit(.minutes(60)))
struct PumpLaneTests {
  @Test(
    "a target's place is free as soon as it has answered; only the lane itself waits until that is on disk")
  func places() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let slow = SlowStore(pumped.store)
    _ = try await pumped.record(
      [("a1", "a"), ("a2", "a"), ("b", "b"), ("c", "c")].map { delivery($0, lane: $1) })
    pumped.pump("journal", sink, atOnce: 1, over: slow)
    #expect(eventually { sink.keys.count >= 3 })
    usleep(100_000)
    #expect(sink.keys == ["a1", "b", "c"])
    #expect(try pumped.counts("journal") == [.waiting: 4])
    slow.goOn()
    #expect(try await pumped.comes("journal", to: [.delivered: 4]))
    #expect(sink.keys == ["a1", "b", "c", "a2"])
  }

  @Test("so many answers may wait for the disk, and no more: each would be repeated after a crash")
  func bound() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let slow = SlowStore(pumped.store)
    _ = try await pumped.record((0..<160).map { delivery("k\($0)") })
    pumped.pump("journal", sink, atOnce: 3, over: slow)
    #expect(eventually { sink.keys.count >= 131 })
    usleep(100_000)
    #expect(sink.keys.count == 131)
    slow.goOn()
    #expect(try await pumped.comes("journal", to: [.delivered: 160]))
    #expect(Set(sink.keys).count == 160 && sink.keys.count == 160)
  }

  @Test("while answers can't be stored nothing more goes out; each goes out once")
  func nothingStored() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    _ = try await pumped.record((0..<60).map { delivery("k\($0)") })
    // Four are under way when the first of them fails; then a pause comes between every few.
    pumped.pump("journal", sink, atOnce: 4, over: FailingStore(pumped.store, reads: 0, reports: 12))
    usleep(300_000)
    #expect(sink.keys.count <= 4)
    #expect(try await pumped.comes("journal", to: [.delivered: 60]))
    #expect(sink.keys.sorted() == (0..<60).map { "k\($0)" }.sorted())
  }

  @Test("what is taken with the report of the one before is sent next, in order and each once")
  func following() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let slow = SlowStore(pumped.store, givesNext: true)
    slow.goOn()
    let keys = (0..<40).map { "k\($0)" }
    _ = try await pumped.record(keys.map { delivery($0, lane: "one") })
    pumped.pump("journal", sink, atOnce: 1, over: slow)
    #expect(try await pumped.comes("journal", to: [.delivered: 40]))
    #expect(sink.keys == keys)
    // After so many in a row it is somebody else's turn.
    #expect(slow.asked == 3)
  }

  @Test("what was taken with a report is given back unsent when the pump stops")
  func stopping() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let slow = SlowStore(pumped.store, givesNext: true)
    _ = try await pumped.record([delivery("a", lane: "one"), delivery("b", lane: "one")])
    let pump = pumped.pump("journal", sink, over: slow)
    #expect(eventually { slow.waiting == 1 })
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      pump.stop(grace: .seconds(20))
      ended.signal()
    }
    usleep(100_000)
    slow.goOn()
    await withCheckedContinuation { waiter in
      Thread.detachNewThread {
        ended.wait()
        waiter.resume()
      }
    }
    #expect(sink.keys == ["a"])
    let left = try pumped.store.dueDeliveries(target: "journal", now: .max, lease: 1, limit: 9)
    #expect(left.map(\.key) == ["b"])
    pumped.store.giveBack(left.map(\.number))
  }

  @Test("what was taken with a report is given back unsent when nobody answers at the target any more")
  func breaking() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { outgoing, _ in
      outgoing.key == "a1" ? .delivered : .unanswered(problem: "gone")
    }
    let slow = SlowStore(pumped.store, givesNext: true)
    _ = try await pumped.record([delivery("a1", lane: "a"), delivery("a2", lane: "a")])
    let pump = pumped.pump("journal", sink, over: slow)
    #expect(eventually { slow.waiting == 1 })
    _ = try await pumped.record((0..<5).map { delivery("k\($0)") })
    pump.wake()
    #expect(eventually { pump.isDown })
    slow.goOn()
    let ended = try await pumped.comes("journal", to: [.delivered: 1, .waiting: 6])
    #expect(ended && eventually { slow.givenBack == 1 })
  }

  @Test("what was taken with a report and finds no place is given back, and goes out when there is one")
  func noPlace() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let isSlow = Atomic(true)
    let sink = ScriptedSink { outgoing, _ in
      while outgoing.key == "b", isSlow.load(ordering: .relaxed) { usleep(10_000) }
      return .delivered
    }
    let slow = SlowStore(pumped.store, givesNext: true)
    _ = try await pumped.record([("a1", "a"), ("a2", "a"), ("b", "b")].map { delivery($0, lane: $1) })
    pumped.pump("journal", sink, atOnce: 1, over: slow)
    #expect(eventually { sink.keys == ["a1", "b"] })
    slow.goOn()
    #expect(eventually { slow.givenBack == 1 })
    #expect(sink.keys == ["a1", "b"])
    isSlow.store(false, ordering: .relaxed)
    #expect(try await pumped.comes("journal", to: [.delivered: 3]))
    #expect(sink.keys == ["a1", "b", "a2"])
  }

}

/// A store that stores reports only when it is told to go on, and may give the next of a lane with them.
final class SlowStore: StoreForTrials {
  private struct State {
    var isGoing = false
    var waiting: [@Sendable () -> Void] = []
    var asked = 0
    var givenBack = 0
  }

  let store: SQLiteMessageStore
  private let givesNext: Bool
  private let state = Mutex(State())

  init(_ store: SQLiteMessageStore, givesNext: Bool = false) {
    self.store = store
    self.givesNext = givesNext
  }

  /// Reports that are held.
  var waiting: Int { state.withLock { $0.waiting.count } }
  /// How often somebody asked for what is due and got something.
  var asked: Int { state.withLock { $0.asked } }
  var givenBack: Int { state.withLock { $0.givenBack } }

  func goOn() {
    let waiting = state.withLock { state in
      state.isGoing = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for work in waiting { work() }
  }

  private func later(_ work: @escaping @Sendable () -> Void) {
    let isGoing = state.withLock { state in
      if !state.isGoing { state.waiting.append(work) }
      return state.isGoing
    }
    if isGoing { work() }
  }

  func report(
    _ report: DeliveryReport, completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    later { [store] in store.report(report, completion: completion) }
  }

  func report(
    _ report: DeliveryReport, taking next: NextTaking?,
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>, _ next: DueDelivery?) -> Void
  ) {
    later { [store, givesNext] in
      let lane = try? store.delivery(report.number)?.lane
      store.report(report) { result in
        guard givesNext, let next else { return completion(result, nil) }
        let due =
          (try? store.dueDeliveries(
            target: "journal", now: next.dueBy, lease: next.lease, limit: 100)) ?? []
        store.giveBack(due.filter { $0.lane != lane }.map(\.number))
        completion(result, due.first { $0.lane == lane })
      }
    }
  }

  func dueDeliveries(
    target: String, now: Int64, lease: Int64, limit: Int
  ) throws(StoreError) -> [DueDelivery] {
    let due = try store.dueDeliveries(target: target, now: now, lease: lease, limit: limit)
    if !due.isEmpty { state.withLock { $0.asked += 1 } }
    return due
  }

  func giveBack(_ numbers: [Int64]) {
    state.withLock { $0.givenBack += numbers.count }
    store.giveBack(numbers)
  }
}
