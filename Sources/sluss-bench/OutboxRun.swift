import Foundation
import Store
import Synchronization

/// Leads many messages through a store, with a bounded number on their way.
struct OutboxRun {
  let store: SQLiteMessageStore
  let counter: Counter
  var target = "npo"
  var bodyBytes = 2048

  private static let mostOnTheirWay = 4096
  private static let mostInFlight = 512
  private static let lanes = 1000

  /// Only accepts them; how many a second.
  func accept(_ count: Int) -> Double {
    perSecond(count) { message, done in store.accept(message) { _ in done.signal() } }
  }

  /// Accepts and records them; their deliveries wait.
  func record(_ count: Int) {
    _ = perSecond(count) { message, done in
      store.accept(message) { _ in store.record(translation(message)) { _ in done.signal() } }
    }
  }

  /// Likewise, under ids that come again each time.
  func recordOnce(_ count: Int) {
    record(count)
  }

  /// Accepts, records, takes and reports them, all at once; how many a second.
  func deliver(_ count: Int) throws -> Double {
    let sender = OutboxSender(store: store, target: target, count: count, mostInFlight: Self.mostInFlight)
    return perSecond(count, sender: sender) { message, _ in
      store.accept(message) { _ in store.record(translation(message)) { _ in sender.wake() } }
    }
  }

  private func perSecond(
    _ count: Int, sender: OutboxSender? = nil, _ start: (NewMessage, DispatchSemaphore) -> Void
  ) -> Double {
    let room = DispatchSemaphore(value: Self.mostOnTheirWay)
    let began = ContinuousClock.now
    sender?.start(room)
    for _ in 0..<count {
      room.wait()
      start(message(), room)
    }
    for _ in 0..<Self.mostOnTheirWay { room.wait() }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    for _ in 0..<Self.mostOnTheirWay { room.signal() }
    return Double(count) / seconds
  }

  private func message() -> NewMessage {
    let id = "\(target)-\(counter.next())"
    return NewMessage(
      id: id, mapping: "bench", senderKey: id, received: 0, contentType: "application/json",
      body: [UInt8](repeating: 0x20, count: bodyBytes))
  }

  private func translation(_ message: NewMessage) -> TranslationRecord {
    let lane = (UInt64(bitPattern: Int64(message.id.hashValue)) % UInt64(Self.lanes)) &* 0x9E37_79B9_7F4A_7C15
    let delivery = NewDelivery(
      key: "\(message.id)/route", route: "route", target: target, lane: String(lane, radix: 36),
      contentType: "application/xml", body: message.body, created: 0)
    return TranslationRecord(
      id: message.id, state: .translated, mappingVersion: "1", deliveries: [delivery])
  }
}

/// Takes what is due on a thread of its own and reports it as delivered at once.
final class OutboxSender: Sendable {
  private let store: SQLiteMessageStore
  private let target: String
  private let count: Int
  private let mostInFlight: Int
  private let inFlight = Atomic<Int>(0)
  private let bell = DispatchSemaphore(value: 0)

  init(store: SQLiteMessageStore, target: String, count: Int, mostInFlight: Int) {
    self.store = store
    self.target = target
    self.count = count
    self.mostInFlight = mostInFlight
  }

  func wake() {
    bell.signal()
  }

  /// - Parameter done: is signalled for each that is reported.
  func start(_ done: DispatchSemaphore) {
    Thread.detachNewThread { [self] in
      var taken = 0
      while taken < count {
        let room = mostInFlight - inFlight.load(ordering: .relaxed)
        let due = room < mostInFlight / 2 ? [] : take(room)
        if due.isEmpty { _ = bell.wait(timeout: .now() + .milliseconds(1)) }
        taken += due.count
        for delivery in due { report(delivery, done) }
      }
    }
  }

  private func take(_ limit: Int) -> [DueDelivery] {
    (try? store.dueDeliveries(target: target, now: 0, lease: 60_000, limit: limit)) ?? []
  }

  private func report(_ delivery: DueDelivery, _ done: DispatchSemaphore) {
    inFlight.add(1, ordering: .relaxed)
    let report = DeliveryReport(number: delivery.number, result: .delivered, attempts: 1, time: 0)
    store.report(report) { [self] _ in
      if inFlight.subtract(1, ordering: .relaxed).newValue == mostInFlight / 2 { wake() }
      done.signal()
    }
  }
}
