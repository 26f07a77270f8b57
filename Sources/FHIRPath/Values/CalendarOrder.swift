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
    let minutes = hour * 60 + minute - offset
    let days = (minutes >= 0 ? minutes : minutes - 1439) / 1440
    var moved = self
    moved.offset = 0
    moved.hour = (minutes - days * 1440) / 60
    moved.minute = (minutes - days * 1440) % 60
    for _ in 0..<abs(days) { moved.moveOneDay(forward: days > 0) }
    return moved
  }

  private mutating func moveOneDay(forward: Bool) {
    if forward {
      day += 1
      if day > Self.days(in: month, of: year) {
        (month, day) = (month + 1, 1)
        if month > 12 { (year, month) = (year + 1, 1) }
      }
    } else {
      day -= 1
      if day < 1 {
        month -= 1
        if month < 1 { (year, month) = (year - 1, 12) }
        day = Self.days(in: month, of: year)
      }
    }
  }
}
