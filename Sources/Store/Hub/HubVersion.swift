/// A version of a resource.
public struct HubVersion: Hashable, Sendable {
  /// Its number, from 1, in the order recorded.
  public let number: Int64
  /// Whether the resource held.
  public let state: HubState
  /// Where it comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
}
