import Delivery
import Foundation
import Store
import Synchronization
import TestRig
import Testing

/// What Mirth's queues have been published to do wrong (github nextgenhealthcare/connect), each under its number.
/// #1059 and #995/#1978 are in the gateway's and the store's tests.
@Suite("Mirth's queue failures", .timeLimit(.minutes(60)))
struct MirthFailureTests {
  @Test("#1682: the message behind a full queue is delivered too")
  func behindFullQueue() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    _ = try await pumped.record((0..<1001).map { delivery("k\($0)", lane: "one") })
    pumped.pump("journal", sink)
    #expect(try await pumped.comes("journal", to: [.delivered: 1001]))
    #expect(sink.keys == (0..<1001).map { "k\($0)" })
  }

  @Test("#1664: a target that can't be reached takes nothing from the others")
  func oneUnreachable() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let isUp = Atomic(false)
    let broken = ScriptedSink { _, _ in
      isUp.load(ordering: .relaxed) ? .delivered : .unanswered(problem: "no route to host")
    }
    let sound = ScriptedSink { _, _ in .delivered }
    _ = try await pumped.record(
      (0..<50).flatMap { [delivery("j\($0)", to: "journal"), delivery("n\($0)", to: "npo")] })
    pumped.pump("journal", broken)
    pumped.pump("npo", sound)
    #expect(try await pumped.comes("npo", to: [.delivered: 50]))
    #expect(try pumped.counts("journal") == [.waiting: 50])
    isUp.store(true, ordering: .relaxed)
    #expect(try await pumped.comes("journal", to: [.delivered: 50]))
  }

  @Test("#3323: an error of the database stops no queue for ever")
  func databaseError() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    _ = try await pumped.record((0..<10).map { delivery("k\($0)") })
    pumped.pump("journal", sink, over: FailingStore(pumped.store, reads: 3, reports: 3))
    #expect(try await pumped.comes("journal", to: [.delivered: 10]))
    #expect(sink.keys.sorted() == (0..<10).map { "k\($0)" }.sorted())
  }

  @Test("#3366: what an earlier run left is sent once, though queues start while it is read")
  func recovery() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let pump = pumped.pump("journal", sink)
    let waking = Task.detached { for _ in 0..<2000 { pump.wake() } }
    _ = try await pumped.record((0..<200).map { delivery("k\($0)") })
    await waking.value
    #expect(try await pumped.comes("journal", to: [.delivered: 200]))
    #expect(Set(sink.keys).count == sink.keys.count)
  }

  @Test("#1314: acknowledgements that don't come make no flood")
  func noFlood() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .unanswered(problem: "no acknowledgement in time") }
    _ = try await pumped.record((0..<100).map { delivery("k\($0)") })
    let time = HandClock()
    let pump = pumped.pump(
      "journal", sink, terms: TestTerms(firstPause: .zero), atOnce: 4, clock: time.clock)
    #expect(await comesTrue { pump.isDown })
    for _ in 0..<30 {
      time.pass(1_000)
      pump.wake()
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(sink.keys.count < 30, "in half a minute, as the gateway's clock has it")
  }

  @Test("#2916: a long outage is two lines in the log, not one for each attempt")
  func quietLog() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let isUp = Atomic(false)
    let sink = ScriptedSink { _, _ in
      isUp.load(ordering: .relaxed) ? .delivered : .unanswered(problem: "refused")
    }
    _ = try await pumped.record((0..<30).map { delivery("k\($0)") })
    let pump = pumped.pump("journal", sink, terms: TestTerms(firstPause: .zero))
    #expect(await comesTrue { pump.isDown })
    // Time for attempts that nobody answers.
    try await Task.sleep(for: .milliseconds(1_500))
    isUp.store(true, ordering: .relaxed)
    #expect(try await pumped.comes("journal", to: [.delivered: 30]))
    let told = pumped.events.withLock { $0 }.filter { if case .attempted = $0 { false } else { true } }
    #expect(told == [.down(target: "journal", problem: "refused"), .up(target: "journal")])
  }
}

/// A store whose reads and reports fail so many times, and then go on.
final class FailingStore: StoreForTrials {
  let store: SQLiteMessageStore
  private let reads, reports: Atomic<Int>

  init(_ store: SQLiteMessageStore, reads: Int, reports: Int) {
    self.store = store
    self.reads = Atomic(reads)
    self.reports = Atomic(reports)
  }

  private static let error = StoreError.failed(doing: "testing", code: 13)

  private func isToFail(_ left: borrowing Atomic<Int>) -> Bool {
    left.wrappingSubtract(1, ordering: .relaxed).oldValue > 0
  }

  func dueDeliveries(
    target: String, now: Int64, lease: Int64, limit: Int
  ) throws(StoreError) -> [DueDelivery] {
    if isToFail(reads) { throw Self.error }
    return try store.dueDeliveries(target: target, now: now, lease: lease, limit: limit)
  }

  func report(
    _ report: DeliveryReport, completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    if isToFail(reports) { return completion(.failure(Self.error)) }
    store.report(report, completion: completion)
  }
}
