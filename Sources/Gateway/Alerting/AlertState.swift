import Store

/// How far one alert has come: what a rule says of one thing. It begins when something has been wrong for long
/// enough, ends when all has been well for long enough, and does not begin again too soon.
struct AlertState: Codable, Equatable, Sendable {
  /// A change that is to be told.
  enum Change: Equatable {
    /// It began, and is so since then.
    case started(since: Int64, String)
    /// It ended, having been so since then.
    case ended(since: Int64)
  }

  enum Phase: Codable, Equatable, Sendable {
    case well
    /// Wrong since, but not told.
    case suspicious(since: Int64)
    /// Told; wrong since.
    case on(since: Int64)
    /// Told; wrong since and well from.
    case recovering(since: Int64, from: Int64)
  }

  private(set) var phase = Phase.well
  /// When the last end was told.
  private(set) var lastEnd: Int64?

  /// Whether nothing has to be remembered of it.
  func isForgettable(at time: Int64, _ rule: AlertRule) -> Bool {
    phase == .well && !(lastEnd.map { time - $0 < rule.pause.wholeMilliseconds } ?? false)
  }

  /// Takes a verdict; times are in milliseconds and never go back.
  mutating func take(_ verdict: AlertVerdict, at time: Int64, _ rule: AlertRule) -> Change? {
    switch verdict {
    case .unknown: nil
    case .wrong(let text): takeWrong(text, time, rule)
    case .well: takeWell(time, rule)
    }
  }

  private mutating func takeWrong(_ text: String, _ time: Int64, _ rule: AlertRule) -> Change? {
    switch phase {
    case .well: phase = .suspicious(since: time)
    case .recovering(let since, _): phase = .on(since: since)
    case .suspicious, .on: break
    }
    guard case .suspicious(let since) = phase, time - since >= rule.lasting.wholeMilliseconds else {
      return nil
    }
    if let lastEnd, time - lastEnd < rule.pause.wholeMilliseconds { return nil }
    phase = .on(since: since)
    return .started(since: since, text)
  }

  private mutating func takeWell(_ time: Int64, _ rule: AlertRule) -> Change? {
    switch phase {
    case .well: return nil
    case .suspicious:
      phase = .well
      return nil
    case .on(let since): phase = .recovering(since: since, from: time)
    case .recovering: break
    }
    guard case .recovering(let since, let from) = phase, time - from >= rule.calm.wholeMilliseconds else {
      return nil
    }
    phase = .well
    lastEnd = time
    return .ended(since: since)
  }
}
