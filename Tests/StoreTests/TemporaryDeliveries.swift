import Foundation
import Store

/// When the deliveries of the tests are made; due at once.
let noon: Int64 = 1_700_000_000_000

func delivery(
  _ key: String, lane: String = "a", target: String = "npo", route: String = "visits", created: Int64 = noon,
  due: Int64? = nil, body: String = "body"
) -> NewDelivery {
  NewDelivery(
    key: key, route: route, target: target, lane: lane, contentType: "application/xml",
    body: Array(body.utf8), created: created, due: due)
}

extension DeliveryStore where Self: MessageStore {
  /// Accepts a message and records the deliveries as what came of it; gives their numbers.
  @discardableResult
  func record(_ deliveries: NewDelivery..., of id: String = UUID().uuidString) async throws -> [Int64] {
    _ = await accept(StoreTests.message(id))
    let record = TranslationRecord(id: id, state: .translated, deliveries: deliveries)
    return try await self.record(record).get().map(\.number)
  }

  func take(_ limit: Int = 100, of target: String = "npo", now: Int64 = noon) throws -> [DueDelivery] {
    try dueDeliveries(target: target, now: now, lease: 60_000, limit: limit)
  }

  /// Keys of what is due, taken.
  func keys(_ limit: Int = 100, of target: String = "npo", now: Int64 = noon) throws -> [String] {
    try take(limit, of: target, now: now).map(\.key)
  }

  @discardableResult
  func report(
    _ number: Int64, _ result: DeliveryResult, attempts: Int = 1, time: Int64 = noon + 10
  ) async throws -> DeliveryChange {
    let report = DeliveryReport(number: number, result: result, attempts: attempts, time: time)
    return try await withCheckedContinuation { waiter in
      self.report(report) { waiter.resume(returning: $0) }
    }.get()
  }

  /// Reports that it was delivered, and takes the next of its lane if that is due.
  func deliver(
    _ number: Int64, takingBy time: Int64? = noon, attempts: Int = 1
  ) async throws -> (change: DeliveryChange, next: DueDelivery?) {
    let report = DeliveryReport(
      number: number, result: .delivered, attempts: attempts, time: time ?? noon)
    let taking = time.map { NextTaking(dueBy: $0, lease: 60_000) }
    return try await withCheckedThrowingContinuation { waiter in
      self.report(report, taking: taking) { result, next in
        waiter.resume(with: result.map { ($0, next) })
      }
    }
  }

  /// Likewise; nil when a next one was taken.
  func deliverLast(_ number: Int64, takingBy time: Int64? = noon) async throws -> DeliveryChange? {
    let (change, next) = try await deliver(number, takingBy: time)
    return next == nil ? change : nil
  }

  /// Does something on the writer's own thread, which takes all that is handed in meanwhile when that is done.
  func onWriter(_ work: @escaping @Sendable () -> Void) {
    // Whatever comes of it: the number is nobody's.
    intervene(.retry, on: -1, time: noon) { _ in work() }
  }

  @discardableResult
  func intervene(
    _ intervention: DeliveryIntervention, on number: Int64, time: Int64 = noon + 20
  ) async throws -> DeliveryChange {
    try await withCheckedContinuation { waiter in
      intervene(intervention, on: number, time: time) { waiter.resume(returning: $0) }
    }.get()
  }

  /// Takes what is due and reports each as delivered, until nothing is due; the keys in this order.
  func drain(of target: String = "npo", now: Int64 = noon) async throws -> [String] {
    var keys: [String] = []
    while true {
      let due = try take(of: target, now: now)
      if due.isEmpty { return keys }
      for delivery in due {
        keys.append(delivery.key)
        try await report(delivery.number, .delivered, time: now)
      }
    }
  }
}

extension DeliveryReceipt {
  var number: Int64 {
    switch self {
    case .added(let number), .repeated(let number): number
    }
  }
}
