/// What was counted in the last stretch of time, from counters that only grow.
struct SlidingTally: Sendable {
  private var samples: [(time: Int64, tally: AlertReadings.Tally)] = []

  /// Takes the counters of a moment and gives what came within the time before it.
  mutating func add(_ tally: AlertReadings.Tally, at time: Int64, within: Int64) -> AlertReadings.Tally {
    // Counters that have shrunk began anew.
    if let last = samples.last?.tally, last.total > tally.total || last.failed > tally.failed { samples = [] }
    samples.append((time, tally))
    // The newest sample from before the stretch is what all later ones are compared with.
    while samples.count > 1, samples[1].time <= time - within { samples.removeFirst() }
    let base = samples[0].tally
    return AlertReadings.Tally(total: tally.total - base.total, failed: tally.failed - base.failed)
  }
}
