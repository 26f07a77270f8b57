import Store

/// What rules think of readings. Failures are compared with what was counted before, which it remembers.
struct AlertJudging {
  private var tallies: [String: [String: SlidingTally]] = [:]

  /// The verdicts on all that a rule looks at, by its name: a target, a mapping, a certificate.
  mutating func verdicts(of rule: AlertRule, on now: AlertReadings) -> [String: AlertVerdict] {
    switch rule.condition {
    case .queue(let target, let depth, let age):
      Self.each(now.queues, target) { Self.queue($0, deeperThan: depth, olderThan: age, at: now.time) }
    case .dead(let target, let limit):
      Self.each(now.queues, target) {
        $0.dead > limit ? .wrong("\($0.dead) deliveries were given up and wait for a person") : .well
      }
    case .failures(let subject, let share, let least, let within):
      failures(subject, of: rule.name, moreThan: share, of: least, within: within, now)
    case .silence(let mapping, let name, let limit, let hours):
      [name: Self.silence(of: mapping, limit, hours, now)]
    case .certificate(let within): now.certificates.mapValues { Self.end($0, within: within, at: now.time) }
    case .store(let within): ["store": store(of: rule.name, within: within, now)]
    }
  }

  private static func each<Value>(
    _ values: [String: Value], _ pattern: MappingPattern, _ judge: (Value) -> AlertVerdict
  ) -> [String: AlertVerdict] {
    values.filter { pattern.matches($0.key) }.mapValues(judge)
  }

  private static func queue(
    _ queue: AlertReadings.Queue, deeperThan depth: Int?, olderThan age: Duration?, at time: Int64
  ) -> AlertVerdict {
    if let depth, queue.waiting > depth { return .wrong("\(queue.waiting) deliveries wait") }
    if let age, let oldest = queue.oldest, time - oldest > age.wholeMilliseconds {
      return .wrong("a delivery has waited for \(Self.text(time - oldest))")
    }
    return .well
  }

  private mutating func failures(
    _ subject: AlertRule.Subject, of rule: String, moreThan share: Double, of least: Int,
    within: Duration, _ now: AlertReadings
  ) -> [String: AlertVerdict] {
    let (all, pattern) =
      switch subject {
      case .messages(let pattern): (now.messages, pattern)
      case .attempts(let pattern): (now.attempts, pattern)
      }
    var verdicts: [String: AlertVerdict] = [:]
    for (name, tally) in all where pattern.matches(name) {
      let recent = tallies[rule, default: [:]][name, default: SlidingTally()]
        .add(tally, at: now.time, within: within.wholeMilliseconds)
      verdicts[name] = Self.failures(recent, moreThan: share, of: least)
    }
    return verdicts
  }

  /// A few say nothing, unless none of them failed.
  private static func failures(
    _ recent: AlertReadings.Tally, moreThan share: Double, of least: Int
  ) -> AlertVerdict {
    if recent.failed == 0 { return .well }
    guard recent.total >= least else { return .unknown }
    return Double(recent.failed) > share * Double(recent.total)
      ? .wrong("\(recent.failed) of \(recent.total) failed") : .well
  }

  /// The night counts neither as silence nor as an end of it.
  private static func silence(
    of mapping: MappingPattern, _ limit: Duration, _ hours: DailyHours?, _ now: AlertReadings
  ) -> AlertVerdict {
    let heard = now.heard.filter { mapping.matches($0.key) }.values.max()
    if let heard, now.time - heard <= limit.wholeMilliseconds { return .well }
    guard let begin = hours.map({ $0.begin(at: now.time) }) ?? Int64.min else { return .unknown }
    let since = max(heard ?? now.began, begin)
    guard now.time - since > limit.wholeMilliseconds else { return .unknown }
    return .wrong("nothing has come for \(Self.text(now.time - since))")
  }

  private static func end(_ end: Int64, within: Duration, at time: Int64) -> AlertVerdict {
    guard end - time < within.wholeMilliseconds else { return .well }
    return .wrong((end < time ? "it ended at " : "it ends at ") + Timestamp.text(milliseconds: end))
  }

  private mutating func store(of rule: String, within: Duration, _ now: AlertReadings) -> AlertVerdict {
    let tally = AlertReadings.Tally(total: now.storeFaults, failed: now.storeFaults)
    let recent = tallies[rule, default: [:]]["store", default: SlidingTally()]
      .add(tally, at: now.time, within: within.wholeMilliseconds)
    if !now.isStoreReadable { return .wrong("the store can't be read") }
    return recent.failed > 0 ? .wrong("the store has failed \(recent.failed) times") : .well
  }

  /// `90 s`, `15 min`, `3 h`, `2 d`: in the largest unit of which there are at least two.
  private static func text(_ milliseconds: Int64) -> String {
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000)] as [(String, Int64)]
    where milliseconds >= 2 * size {
      return "\(milliseconds / size) \(unit)"
    }
    return "\(milliseconds / 1000) s"
  }
}
