import Foundation
import Store

/// What the store takes for a message that is accepted, recorded with one delivery, sent at once and reported,
/// each step durable, against only inserting it; and the same beside a million deliveries that wait.
enum OutboxBench {
  private static let messages = 20_000
  private static let waiting = 1_000_000

  /// - Parameter folder: an empty folder on the disk that is measured; it takes up to three gigabytes.
  static func run(in folder: String) throws {
    let bare = try SQLiteMessageStore(path: folder + "/bare.sqlite")
    let store = try SQLiteMessageStore(path: folder + "/outbox.sqlite")
    let counter = Counter()
    var best = (bare: 0.0, delivered: 0.0, accepted: 0.0)
    for _ in 0..<5 {
      best.bare = max(best.bare, OutboxRun(store: bare, counter: counter).accept(messages))
      best.accepted = max(best.accepted, OutboxRun(store: store, counter: counter).accept(messages))
      best.delivered = max(best.delivered, try OutboxRun(store: store, counter: counter).deliver(messages))
    }
    Rate.report("outbox.bare", best.bare)
    Rate.report("outbox.delivered", best.delivered)
    Rate.report("outbox.claim", try claims(store))
    OutboxRun(store: store, counter: counter, target: "down", bodyBytes: 100).record(waiting)
    Rate.report("outbox.claimBesideMillion", try claims(store))
    try reportWithBacklog(store, counter, acceptedBefore: best.accepted)
    try settle(store)
    store.close()
    try reportOpening(folder + "/outbox.sqlite")
  }

  /// The last of them finds nothing, and looks at as many rows as a page may.
  private static let searches = [
    ("all", MessageQuery()), ("translated", MessageQuery(state: .translated)),
    ("failed", MessageQuery(state: .failed)), ("otherMapping", MessageQuery(mapping: "nobody")),
  ]

  private static func reportWithBacklog(
    _ store: SQLiteMessageStore, _ counter: Counter, acceptedBefore: Double
  ) throws {
    var accepted = 0.0
    var delivered = 0.0
    for _ in 0..<5 {
      accepted = max(accepted, OutboxRun(store: store, counter: counter).accept(messages))
      delivered = max(delivered, try OutboxRun(store: store, counter: counter).deliver(messages))
    }
    Rate.report("outbox.accepted", acceptedBefore)
    Rate.report("outbox.acceptedBesideMillion", accepted)
    Rate.report("outbox.deliveredBesideMillion", delivered)
    Rate.report(
      "outbox.search",
      try Rate.best(rounds: 3) {
        _ = try store.deliveries(matching: DeliveryQuery(lane: "nobody"), limit: 50)
        _ = try store.deliveries(matching: DeliveryQuery(state: .dead, target: "npo"), limit: 50)
        _ = try store.deliveryCounts()
      })
    for (name, query) in Self.searches {
      Rate.report(
        "outbox.messages.\(name)",
        try Rate.best(rounds: 3) { _ = try store.messages(matching: query, limit: 50) })
    }
    Rate.report("outbox.counts", try Rate.best(rounds: 3) { _ = try store.counts() })
  }

  /// Takes ten of a target that has always some due, and gives them back.
  private static func claims(_ store: SQLiteMessageStore) throws -> Double {
    OutboxRun(store: store, counter: Counter(), target: "claimed").record(64)
    return try Rate.best(rounds: 3) {
      let due = try store.dueDeliveries(target: "claimed", now: .max, lease: 60_000, limit: 10)
      store.giveBack(due.map(\.number))
    }
  }

  /// A gateway that goes on with the store finds nothing to translate.
  private static func settle(_ store: SQLiteMessageStore) throws {
    while true {
      let ids = try store.untranslated(limit: 1000).map(\.message.id)
      if ids.isEmpty { return }
      let done = DispatchSemaphore(value: 0)
      store.record(ids.map { TranslationRecord(id: $0, state: .translated) }) { _ in done.signal() }
      done.wait()
    }
  }

  private static func reportOpening(_ path: String) throws {
    let seconds = try ContinuousClock().measure {
      let store = try SQLiteMessageStore(path: path)
      _ = try store.nextDue(target: "down")
      store.close()
    }
    Rate.report("outbox.open", 1 / (seconds / .seconds(1)))
  }
}
