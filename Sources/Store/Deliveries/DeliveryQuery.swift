/// Which deliveries are looked for; what is nil doesn't matter.
public struct DeliveryQuery: Sendable {
  /// Their state.
  public var state: DeliveryState?
  /// Their target.
  public var target: String?
  /// Their route.
  public var route: String?
  /// Their lane.
  public var lane: String?
  /// When they were made, in milliseconds since 1970, UTC.
  public var created: ClosedRange<Int64>?

  /// Every delivery that has all of these.
  public init(
    state: DeliveryState? = nil, target: String? = nil, route: String? = nil, lane: String? = nil,
    created: ClosedRange<Int64>? = nil
  ) {
    self.state = state
    self.target = target
    self.route = route
    self.lane = lane
    self.created = created
  }
}
