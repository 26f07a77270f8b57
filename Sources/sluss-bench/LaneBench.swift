import Delivery
import Foundation
import Store

/// A backlog of few patients: their deliveries go one after another, and each only when the end of the one before
/// is on disk. How fast such a lane gets on, against how fast single writes are committed one after another.
enum LaneBench {
  private static let lanes = 5

  /// - Parameters:
  ///   - folder: an empty folder on the disk that is measured.
  ///   - connection: to an empty database on the same disk, as libpq reads it; nil for none.
  ///   - deliveries: how many each run has.
  static func run(in folder: String, deliveries: Int, _ connection: String?) throws {
    let small = try SQLiteMessageStore(path: folder + "/lanes.sqlite")
    try report("lanes.sqlite", small, deliveries)
    small.close()
    guard let connection else { return }
    let large = try PostgreSQLMessageStore(PostgreSQLConfiguration(connection: connection))
    try report("lanes.postgresql", large, deliveries)
    large.close()
  }

  private static func report(
    _ name: String, _ store: any MessageStore & DeliveryStore, _ count: Int
  ) throws {
    let counter = Counter()
    let commits = OutboxRun(store: store, counter: counter).acceptOneByOne(max(100, count / 10))
    Rate.report("\(name).commits", commits)
    for atOnce in [1, 8] {
      let target = "at-once-\(atOnce)"
      OutboxRun(store: store, counter: counter, target: target, lanes: UInt64(lanes)).record(count)
      let rate = try LaneRun(store: store, target: target, atOnce: atOnce).deliver(count)
      Rate.report("\(name).atOnce\(atOnce)", rate)
    }
  }
}

/// A pump that sends all that waits for a target to somebody who takes a moment and accepts everything.
private struct LaneRun {
  let store: any DeliveryStore
  let target: String
  let atOnce: Int

  /// How many a second.
  func deliver(_ count: Int) throws -> Double {
    let done = DispatchSemaphore(value: 0)
    let clock = SteadyClock(wall: { 1 << 40 }, ticks: { 0 })
    let world = TargetPump.Surroundings(clock: clock, terms: { _ in Terms() })
    let sink = MomentSink { done.signal() }
    let pump = TargetPump(target: target, atOnce: atOnce, sink: sink, store: store, world)
    let began = ContinuousClock.now
    pump.start()
    for _ in 0..<count { done.wait() }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    pump.stop(grace: .seconds(5))
    return Double(count) / seconds
  }
}

private struct Terms: DeliveryTerms {
  let timeout = Duration.seconds(5)
  let giveUpAfter = Duration.seconds(3600)
  let mostAttempts: Int? = nil
  let holdsLane = true
  let success = [200...299]

  func pause(after attempts: Int, random: Double) -> Duration { .milliseconds(5) }
}

/// A target a millisecond away.
private final class MomentSink: Sink {
  private let queue = DispatchQueue(label: "moment", attributes: .concurrent)
  private let hear: @Sendable () -> Void

  init(hear: @escaping @Sendable () -> Void) {
    self.hear = hear
  }

  func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    queue.asyncAfter(deadline: .now() + .milliseconds(1)) { [hear] in
      hear()
      completion(.delivered)
    }
  }

  func close() {}
}
