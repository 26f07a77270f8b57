import Foundation
import Store
import Synchronization

/// Takes what is due on a thread of its own and reports it as delivered at once.
final class OutboxSender: Sendable {
  private let store: any MessageStore & DeliveryStore
  private let target: String
  private let count: Int
  private let mostInFlight: Int
  private let inFlight = Atomic<Int>(0)
  private let bell = DispatchSemaphore(value: 0)
  private let isRung = Atomic<Bool>(false)

  init(store: any MessageStore & DeliveryStore, target: String, count: Int, mostInFlight: Int) {
    self.store = store
    self.target = target
    self.count = count
    self.mostInFlight = mostInFlight
  }

  func wake() {
    if !isRung.exchange(true, ordering: .acquiringAndReleasing) { bell.signal() }
  }

  /// - Parameter done: is signalled for each that is reported.
  func start(_ done: DispatchSemaphore) {
    Thread.detachNewThread { [self] in
      var taken = 0
      while taken < count {
        let room = mostInFlight - inFlight.load(ordering: .relaxed)
        let due = room < mostInFlight / 2 ? [] : take(room)
        if due.isEmpty { sleep() }
        taken += due.count
        for delivery in due { report(delivery, done) }
      }
    }
  }

  /// Until something was recorded or reported.
  private func sleep() {
    bell.wait()
    isRung.store(false, ordering: .releasing)
  }

  private func take(_ limit: Int) -> [DueDelivery] {
    (try? store.dueDeliveries(target: target, now: 0, lease: 60_000, limit: limit)) ?? []
  }

  private func report(_ delivery: DueDelivery, _ done: DispatchSemaphore) {
    inFlight.add(1, ordering: .relaxed)
    let report = DeliveryReport(number: delivery.number, result: .delivered, attempts: 1, time: 0)
    store.report(report) { [self] _ in
      inFlight.subtract(1, ordering: .relaxed)
      wake()
      done.signal()
    }
  }
}
