import Foundation

/// A time zone's changes between 1900 and 2100, looked up once so that converting a time is a binary search.
final class TimeZoneTable: Sendable {
  let name: String
  /// From this moment (seconds since 1970 UTC) on, this many seconds east of UTC.
  private let changes: [(from: Int, offset: Int)]

  /// The zone whose clocks show UTC.
  static let greenwich = TimeZoneTable()

  private init() {
    name = "UTC"
    changes = [(from: Int.min, offset: 0)]
  }

  /// `nil` when the system has no zone of this name.
  init?(named name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.name = name
    var moment = Date(timeIntervalSince1970: -2_208_988_800)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    var changes = [(from: Int.min, offset: zone.secondsFromGMT(for: moment))]
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end, next > moment {
      changes.append((Int(next.timeIntervalSince1970), zone.secondsFromGMT(for: next.addingTimeInterval(1))))
      moment = next
    }
    self.changes = changes
  }

  /// Seconds east of UTC at a moment.
  func offset(atUTC seconds: Int) -> Int { changes[index(atUTC: seconds)].offset }

  /// Seconds east of UTC for a wall clock time: the first where the clocks showed it twice, `nil` where they
  /// skipped it.
  func offset(atWall wall: Int) -> Int? {
    let around = index(atUTC: wall - changes[0].offset)
    for candidate in max(0, around - 2)...min(changes.count - 1, around + 2) {
      let offset = changes[candidate].offset
      if index(atUTC: wall - offset) == candidate { return offset }
    }
    return nil
  }

  private func index(atUTC seconds: Int) -> Int {
    var low = 0
    var high = changes.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if changes[middle].from <= seconds { low = middle } else { high = middle }
    }
    return low
  }
}
