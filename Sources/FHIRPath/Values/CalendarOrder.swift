extension CalendarTime {
  /// How two stand to each other; `nil` when their precision or a missing offset leaves it open (section
  /// 6.2).
  func order(to other: CalendarTime) -> Order? {
    let bothTimes = hasTime && other.hasTime
    if bothTimes, (offset == nil) != (other.offset == nil) { return nil }
    let moves = bothTimes && offset != other.offset
    let (a, b) = moves ? (atGreenwich, other.atGreenwich) : (self, other)
    let shared = min(precision.rawValue, other.precision.rawValue)
    for rank in 0...shared where a.part(rank) != b.part(rank) {
      return Order(a.part(rank), b.part(rank))
    }
    return precision == other.precision ? .same : nil
  }

  private var hasTime: Bool { precision.rawValue >= Precision.hour.rawValue }

  private func part(_ rank: Int) -> Int {
    switch Precision(rawValue: rank) {
    case .year: year
    case .month: month
    case .day: day
    case .hour: hour
    case .minute: minute
    case .second, nil: nanoseconds
    }
  }

  /// The same moment by the clock of Greenwich.
  private var atGreenwich: CalendarTime {
    guard let offset else { return self }
    var moved = self
    moved.offset = 0
    moved.add(minutes: -offset)
    return moved
  }
}
