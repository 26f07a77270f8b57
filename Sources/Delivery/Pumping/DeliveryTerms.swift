import Store

/// How hard a delivery is tried, as its route says.
public protocol DeliveryTerms: Sendable {
  /// How long an attempt may take.
  var timeout: Duration { get }
  /// How long after its making a delivery is given up.
  var giveUpAfter: Duration { get }
  /// After how many attempts; nil for as many as there is time for.
  var mostAttempts: Int? { get }
  /// Whether a dead delivery holds back the later ones of its lane until a person has decided.
  var holdsLane: Bool { get }
  /// The HTTP statuses that count as delivered.
  var success: [ClosedRange<Int>] { get }

  /// How long to wait after a failed attempt.
  /// - Parameters:
  ///   - attempts: how many there have been, from 1.
  ///   - random: from 0 up to but not 1.
  func pause(after attempts: Int, random: Double) -> Duration

  /// What the body of an answer says whose status counts as delivered.
  func outcome(ofAnswer body: [UInt8]) -> SinkOutcome

  /// Likewise, where it matters to which delivery it is the answer.
  /// - Parameter key: the delivery's.
  func outcome(ofAnswer body: [UInt8], to key: String) -> SinkOutcome
}

extension DeliveryTerms {
  /// The status says all.
  public func outcome(ofAnswer body: [UInt8]) -> SinkOutcome { .delivered }

  /// All answers are judged alike.
  public func outcome(ofAnswer body: [UInt8], to key: String) -> SinkOutcome { outcome(ofAnswer: body) }
}

extension DeliveryTerms {
  /// For its age nothing is given up before this many attempts, nor before a target had this long, in milliseconds,
  /// since the pump was started: what makes it old may be a pause of ours, or a wrong clock.
  private static var fewestAttempts: Int { 3 }
  private static var leastTrying: Int64 { 3_600_000 }

  /// What an attempt's outcome means for the delivery.
  /// - Parameters:
  ///   - attempts: how many there have been, this one counted.
  ///   - now: milliseconds since 1970, UTC.
  ///   - age: how long ago the delivery was made, in milliseconds.
  ///   - trying: for how long the target has been tried at all, likewise.
  ///   - random: from 0 up to but not 1.
  func result(
    of outcome: SinkOutcome, attempts: Int, age: Int64, trying: Int64, now: Int64, random: Double
  ) -> DeliveryResult {
    switch outcome {
    case .delivered: return .delivered
    case .refused(let problem): return .dead(problem: problem, holdsLane: holdsLane)
    case .busy(let problem, _), .unanswered(let problem):
      let pause = max(self.pause(after: attempts, random: random), outcome.leastPause)
      let wait = pause.wholeMilliseconds
      return isGivenUp(after: attempts, at: age + wait, trying)
        ? .dead(problem: problem, holdsLane: holdsLane) : .retry(due: now + wait, problem: problem)
    }
  }

  private func isGivenUp(after attempts: Int, at age: Int64, _ trying: Int64) -> Bool {
    if let mostAttempts, attempts >= mostAttempts { return true }
    let limit = giveUpAfter.wholeMilliseconds
    return age > limit && attempts >= Self.fewestAttempts && trying >= min(limit, Self.leastTrying)
  }
}

extension SinkOutcome {
  fileprivate var leastPause: Duration {
    if case .busy(_, let pause?) = self { pause } else { .zero }
  }
}
