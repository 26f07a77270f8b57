/// Who is next: one lane of waiting transfers for each host and port, served in turn.
struct Lanes {
  private struct Lane {
    var waiting: [Transfer] = []
    var running = 0
  }

  private let perHost, total: Int
  private var lanes: [Origin: Lane] = [:]
  /// The lanes' turns; the next one's turn comes first.
  private var turns: [Origin] = []
  private(set) var running = 0
  private(set) var waiting = 0

  init(perHost: Int, total: Int) {
    self.perHost = max(1, perHost)
    self.total = max(1, total)
  }

  mutating func add(_ transfer: Transfer) {
    if lanes[transfer.origin] == nil { turns.append(transfer.origin) }
    lanes[transfer.origin, default: Lane()].waiting.append(transfer)
    waiting += 1
  }

  /// Whether ``next()`` has one.
  var isReady: Bool { running < total && waiting > 0 && turns.contains(where: isReady) }

  /// The transfer to start now; nil when all that wait must wait on.
  mutating func next() -> Transfer? {
    guard running < total, waiting > 0, let turn = turns.firstIndex(where: isReady) else { return nil }
    let origin = turns.remove(at: turn)
    turns.append(origin)
    running += 1
    waiting -= 1
    lanes[origin]?.running += 1
    return lanes[origin]?.waiting.removeFirst()
  }

  /// To be called once for each transfer that ``next()`` gave.
  mutating func finished(_ transfer: Transfer) {
    running -= 1
    lanes[transfer.origin]?.running -= 1
    dropIfEmpty(transfer.origin)
  }

  /// Takes out the waiting transfers that meet the condition.
  mutating func take(where condition: (Transfer) -> Bool) -> [Transfer] {
    var taken: [Transfer] = []
    for origin in turns {
      taken += lanes[origin]?.waiting.filter(condition) ?? []
      lanes[origin]?.waiting.removeAll(where: condition)
      dropIfEmpty(origin)
    }
    waiting -= taken.count
    return taken
  }

  private func isReady(_ origin: Origin) -> Bool {
    lanes[origin].map { !$0.waiting.isEmpty && $0.running < perHost } ?? false
  }

  private mutating func dropIfEmpty(_ origin: Origin) {
    guard let lane = lanes[origin], lane.waiting.isEmpty, lane.running == 0 else { return }
    lanes[origin] = nil
    turns.removeAll { $0 == origin }
  }
}
