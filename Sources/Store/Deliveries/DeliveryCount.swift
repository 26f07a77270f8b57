/// How many deliveries of a target there are.
public struct DeliveryCount: Sendable, Equatable {
  /// The name of the target.
  public let target: String
  /// Their number in each state; states without deliveries are absent.
  public let counts: [DeliveryState: Int]
  /// When the oldest that waits was made, in milliseconds since 1970, UTC; nil when none waits.
  public let oldestWaiting: Int64?
  /// The lanes that are held by a dead delivery.
  public let heldLanes: Int

  /// Counts with these parts.
  public init(target: String, counts: [DeliveryState: Int], oldestWaiting: Int64?, heldLanes: Int) {
    self.target = target
    self.counts = counts
    self.oldestWaiting = oldestWaiting
    self.heldLanes = heldLanes
  }
}
