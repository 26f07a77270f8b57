import Store

/// What the documentation promises about lanes, as plainly as can be: the property test compares it with a store.
struct LaneModel {
  struct Entry {
    let number: Int64
    let key: String
    let lane: String
    var state = DeliveryState.waiting
    var due: Int64
    var isAside = false
    var holdsLane = false
    var isTaken = false
    var attempts = 0

    var isInLane: Bool { !isAside && (state == .waiting || holdsLane) }
  }

  /// In the order recorded.
  var entries: [Entry] = []

  mutating func record(_ delivery: NewDelivery, as receipt: DeliveryReceipt) -> Bool {
    let earlier = entries.first { $0.key == delivery.key }
    if case .repeated(let number) = receipt { return earlier?.number == number }
    guard earlier == nil, (entries.last?.number ?? 0) < receipt.number else { return false }
    entries.append(
      Entry(number: receipt.number, key: delivery.key, lane: delivery.lane, due: delivery.due))
    return true
  }

  /// Heads that nobody has, oldest due first.
  var free: [Entry] {
    entries.filter { entry in
      guard entry.state == .waiting, !entry.isTaken else { return false }
      if entry.isAside { return true }
      return !entries.contains {
        $0.lane == entry.lane && $0.isInLane && ($0.number < entry.number || $0.isTaken)
      }
    }.sorted { ($0.due, $0.number) < ($1.due, $1.number) }
  }

  /// Whether these, and no others, were to be taken.
  mutating func take(_ numbers: [Int64], now: Int64, limit: Int) -> Bool {
    let expected = free.filter { $0.due <= now }.prefix(limit).map(\.number)
    for number in numbers { change(number) { $0.isTaken = true } }
    return numbers == expected
  }

  /// What is to be taken with the report that one was delivered: what comes next in its lane when it was the head
  /// and the next is due.
  func next(after number: Int64, now: Int64) -> Int64? {
    guard let entry = entries.first(where: { $0.number == number }), entry.isInLane else { return nil }
    let lane = entries.filter { $0.lane == entry.lane && $0.isInLane }
    guard lane.first?.number == number, let next = lane.dropFirst().first else { return nil }
    return next.state == .waiting && next.due <= now ? next.number : nil
  }

  mutating func take(_ number: Int64) { change(number) { $0.isTaken = true } }

  mutating func report(_ report: DeliveryReport) {
    change(report.number) { entry in
      entry.isTaken = false
      entry.attempts = report.attempts
      switch report.result {
      case .delivered: entry.state = .delivered
      case .retry(let due, _, let stepsAside):
        entry.due = due
        entry.isAside = entry.isAside || stepsAside
      case .dead(_, let holdsLane):
        entry.state = .dead
        entry.holdsLane = holdsLane && !entry.isAside
      }
    }
  }

  mutating func intervene(_ intervention: DeliveryIntervention, on number: Int64, time: Int64)
    -> DeliveryChange
  {
    var answer = DeliveryChange.done
    change(number) { entry in
      if entry.isTaken {
        answer = .busy
      } else if entry.state == .delivered || entry.state == .skipped {
        answer = .ended(entry.state)
      } else {
        entry.intervene(intervention, time: time)
      }
    }
    return answer
  }

  mutating func giveBackAll() {
    for index in entries.indices { entries[index].isTaken = false }
  }

  private mutating func change(_ number: Int64, _ work: (inout Entry) -> Void) {
    guard let index = entries.firstIndex(where: { $0.number == number }) else { return }
    work(&entries[index])
  }
}

extension LaneModel.Entry {
  fileprivate mutating func intervene(_ intervention: DeliveryIntervention, time: Int64) {
    switch intervention {
    case .retry:
      due = time
      if state == .dead { revive() }
    case .skip:
      state = .skipped
      holdsLane = false
    case .replaceBody: break
    }
  }

  private mutating func revive() {
    state = .waiting
    isAside = false
    holdsLane = false
    attempts = 0
  }
}
