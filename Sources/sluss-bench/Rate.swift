import Foundation
import Store

/// Measures how often something can be done in a second.
enum Rate {
  /// The best of several rounds after a warm-up, so that other work on the machine counts least.
  static func best(rounds: Int = 7, secondsEach: Double = 0.6, _ work: () throws -> Void) rethrows -> Double {
    _ = try measure(seconds: secondsEach, work)
    var best = 0.0
    for _ in 0..<rounds { best = max(best, try measure(seconds: secondsEach, work)) }
    return best
  }

  private static func measure(seconds: Double, _ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    var count = 0
    var elapsed = Duration.zero
    while elapsed < .seconds(seconds) {
      for _ in 0..<8 { try work() }
      count += 8
      elapsed = .now - start
    }
    return Double(count) / elapsed.inSeconds
  }

  /// Prints a figure as `scripts/bench` reads it.
  static func report(_ name: String, _ perSecond: Double) {
    print("{\"name\": \"\(name)\", \"perSecond\": \(String(format: "%.1f", perSecond))}")
  }
}

extension ContinuousClock.Instant {
  static var now: Self { ContinuousClock.now }
}
