import Store

/// What happens at a target, for logs and figures; nothing of a message is in it.
public enum DeliveryEvent: Sendable, Equatable {
  /// An attempt ended.
  case attempted(Attempt)
  /// Nobody answers any more: deliveries wait, and use up no attempts, until it answers again.
  case down(target: String, problem: String)
  /// It answers again.
  case up(target: String)
  /// The store did not take the report of an attempt; it is handed in again.
  case unreported(target: String)

  /// An attempt and what it came to.
  public struct Attempt: Sendable, Equatable {
    /// The store's number of the delivery.
    public let number: Int64
    /// The id of the message that it comes from.
    public let message: String
    /// The name of the route.
    public let route: String
    /// The name of the target.
    public let target: String
    /// How many attempts count so far, probes of a target that is down excepted.
    public let attempts: Int
    /// Milliseconds from the delivery's making to the end of the attempt.
    public let age: Int64
    /// What it came to.
    public let end: End
  }

  /// How an attempt ended.
  public enum End: Sendable, Equatable {
    /// The target has it.
    case delivered
    /// It is tried again.
    case retried(problem: String)
    /// It waits for a person.
    case dead(problem: String)
  }
}

extension DeliveryEvent.Attempt {
  init(_ delivery: DueDelivery, _ result: DeliveryResult, attempts: Int, at now: Int64) {
    let end: DeliveryEvent.End =
      switch result {
      case .delivered: .delivered
      case .retry(_, let problem, _): .retried(problem: problem)
      case .dead(let problem, _): .dead(problem: problem)
      }
    self.init(
      number: delivery.number, message: delivery.message, route: delivery.route, target: delivery.target,
      attempts: attempts, age: now - delivery.created, end: end)
  }
}
