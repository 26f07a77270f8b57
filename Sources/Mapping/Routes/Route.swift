public import Diagnostics

/// Where messages of a mapping go once they are translated.
public struct Route: Sendable {
  /// A receiver, and the form in which it gets what came of a message.
  public struct Destination: Sendable, Equatable {
    /// The target's name in the gateway's configuration.
    public let target: String
    /// The mapping that writes its documents; `nil` for the hub itself.
    public let mapping: String?
    /// Where the file says so.
    public let place: Place
  }

  /// Its name, which deliveries keep.
  public let name: String
  /// Who gets what.
  public let destinations: [Destination]
  /// How hard it is tried.
  public let policy: DeliveryPolicy
  /// What answers must say for a delivery to count; `nil` when their status says all.
  public let answer: AnswerRule?
  /// Where it stands.
  public let place: Place
  /// The number of its condition among the formulas of its mapping; -1 for none.
  let condition: Int
  /// The same of what must stay in order.
  let order: Int
}

/// A message's way along a route.
public struct RoutedMessage: Sendable {
  /// The route.
  public let route: Route
  /// The value that must stay in order, such as a patient's number; `nil` for none. Patient data.
  public let order: String?
}
