/// A stretch of time under a name.
public struct HubRange: Hashable, Sendable {
  /// What it is the time of.
  public let name: HubKey
  /// The first and the last millisecond since 1970, UTC.
  public let times: ClosedRange<Int64>

  /// A stretch of time.
  public init(name: HubKey, times: ClosedRange<Int64>) {
    self.name = name
    self.times = times
  }
}

/// By what a resource is found.
public struct HubIndex: Hashable, Sendable {
  /// The patient whom it is about; `nil` for none. It can be asked for alone.
  public var patient: HubKey?
  /// Values that can be asked for alone.
  public var entries: [HubKey] = []
  /// Values that choose among the resources of an entry or a patient.
  public var keys: [HubKey] = []
  /// The times that choose likewise. Resources are ordered by those that have the first one's name.
  public var ranges: [HubRange] = []

  /// The index of a resource that nothing finds but its id.
  public init() {}

  /// The stretch that it is ordered by: from the first to the last of its times; resources without times are
  /// the oldest.
  var span: (start: Int64, finish: Int64) {
    guard let first = ranges.first else { return (Int64.min, Int64.min) }
    var (start, finish) = (first.times.lowerBound, first.times.upperBound)
    for range in ranges.dropFirst() where range.name == first.name {
      start = min(start, range.times.lowerBound)
      finish = max(finish, range.times.upperBound)
    }
    return (start, finish)
  }

  /// All that it can be asked for by alone.
  var doors: [HubKey] {
    // There are few of them: to look through them costs less than to hash them.
    var doors: [HubKey] = []
    doors.reserveCapacity(entries.count + 1)
    if let patient { doors.append(patient) }
    for entry in entries where !doors.contains(entry) { doors.append(entry) }
    return doors
  }
}
