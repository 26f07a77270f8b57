import Delivery
import Foundation
import Store
import Synchronization
import TestRig

/// A sink that answers as the test says and remembers what it got.
final class ScriptedSink: Sink {
  private let log = Mutex<[Outgoing]>([])
  private let answer: @Sendable (Outgoing, _ attempt: Int) -> SinkOutcome?
  private let open = Mutex<[@Sendable (SinkOutcome) -> Void]>([])

  /// - Parameter answer: `nil` for none until the sink is closed; `attempt` counts from 1 for each key.
  init(_ answer: @escaping @Sendable (Outgoing, _ attempt: Int) -> SinkOutcome?) {
    self.answer = answer
  }

  var sent: [Outgoing] { log.withLock { $0 } }
  var keys: [String] { sent.map(\.key) }

  func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    let attempt = log.withLock { log in
      log.append(outgoing)
      return log.count { $0.key == outgoing.key }
    }
    DispatchQueue.global().async { [self] in
      if let outcome = answer(outgoing, attempt) { return completion(outcome) }
      open.withLock { $0.append(completion) }
    }
  }

  func close() {
    let all = open.withLock { open in
      defer { open = [] }
      return open
    }
    for completion in all { completion(.unanswered(problem: "closed")) }
  }
}

struct TestTerms: DeliveryTerms {
  var timeout = Duration.seconds(5)
  var giveUpAfter = Duration.seconds(3600)
  var mostAttempts: Int?
  var holdsLane = true
  var success = [200...299]
  var firstPause = Duration.milliseconds(5)

  func pause(after attempts: Int, random: Double) -> Duration { firstPause }
}

/// Time that passes only when a test says so.
final class HandClock: Sendable {
  private let time = Mutex(Int64(Date().timeIntervalSince1970 * 1000))

  var clock: SteadyClock {
    let now: @Sendable () -> Int64 = { self.time.withLock { $0 } }
    return SteadyClock(wall: now, ticks: now)
  }

  func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// A store in a folder of its own, and pumps on it.
final class PumpedStore: Sendable {
  let folder = NSTemporaryDirectory() + "sluss-pump-" + UUID().uuidString
  let store: SQLiteMessageStore
  private let pumps = Mutex<[TargetPump]>([])
  let events = Mutex<[DeliveryEvent]>([])

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try SQLiteMessageStore(path: folder + "/store.sqlite")
  }

  func end() {
    for pump in pumps.withLock({ $0 }) { pump.stop(grace: .milliseconds(200)) }
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Records deliveries, each of a message of its own, and gives their numbers.
  func record(_ deliveries: [NewDelivery]) async throws -> [Int64] {
    var numbers: [Int64] = []
    for delivery in deliveries {
      let id = UUID().uuidString
      let message = NewMessage(id: id, mapping: "m", received: 0, contentType: "text/plain", body: [1])
      await withCheckedContinuation { waiter in store.accept(message) { _ in waiter.resume() } }
      let record = TranslationRecord(id: id, state: .translated, deliveries: [delivery])
      let receipts = try await withCheckedContinuation { waiter in
        store.record(record) { waiter.resume(returning: $0) }
      }.get()
      for case .added(let number) in receipts { numbers.append(number) }
    }
    return numbers
  }

  @discardableResult
  func pump(
    _ target: String, _ sink: any Sink, terms: TestTerms = TestTerms(), atOnce: Int = 4,
    over other: (any DeliveryStore)? = nil, clock: SteadyClock? = nil
  ) -> TargetPump {
    let wall: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    let world = TargetPump.Surroundings(
      clock: clock ?? SteadyClock(wall: wall, ticks: wall), random: { 0.5 }, terms: { _ in terms },
      tell: { [weak self] event in self?.events.withLock { $0.append(event) } })
    let pump = TargetPump(target: target, atOnce: atOnce, sink: sink, store: other ?? store, world)
    pumps.withLock { $0.append(pump) }
    pump.start()
    return pump
  }

  func counts(_ target: String) throws -> [DeliveryState: Int] {
    try store.deliveryCounts().first { $0.target == target }?.counts ?? [:]
  }

  /// Whether the target's deliveries are in these states at last.
  func comes(_ target: String, to wanted: [DeliveryState: Int]) async throws -> Bool {
    try await comesTrue { try counts(target) == wanted }
  }
}

func delivery(_ key: String, to target: String = "journal", lane: String? = nil) -> NewDelivery {
  NewDelivery(
    key: key, route: "visits", target: target, lane: lane ?? key, contentType: "text/plain",
    body: Array(key.utf8), created: Int64(Date().timeIntervalSince1970 * 1000))
}
