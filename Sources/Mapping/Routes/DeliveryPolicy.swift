/// How hard a route tries to deliver.
public struct DeliveryPolicy: Sendable, Equatable {
  /// What becomes of the later deliveries of an order when one of them is dead.
  public enum WhenDead: String, Sendable {
    /// They wait until a person has edited, retried or skipped it.
    case hold
    /// They go on.
    case stepAside = "step-aside"
  }

  /// How long an attempt may take.
  public var timeout = Duration.seconds(30)
  /// The first pause between attempts at most, and the longest.
  public var backoff = Duration.seconds(1)...Duration.seconds(15 * 60)
  /// How long after its making a delivery is given up.
  public var giveUpAfter = Duration.seconds(72 * 3600)
  /// After how many attempts it is given up sooner; `nil` for as many as there is time for.
  public var mostAttempts: Int?
  /// What becomes of later deliveries with the same order.
  public var whenDead = WhenDead.hold
  /// The HTTP statuses that count as delivered.
  public var success = [200...299]

  /// The standard policy.
  public init() {}

  /// How long to wait after a failed attempt: a random part of a pause that doubles each time (full jitter).
  /// - Parameters:
  ///   - attempts: how many there have been, from 1.
  ///   - random: from 0 up to but not 1.
  public func pause(after attempts: Int, random: Double) -> Duration {
    let doublings = min(max(attempts - 1, 0), 40)
    let longest = min(backoff.lowerBound * (1 << doublings), backoff.upperBound)
    return longest * random
  }
}
