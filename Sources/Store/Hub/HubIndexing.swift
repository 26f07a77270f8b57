/// Other keys for a resource.
public struct HubIndexing: Sendable, Hashable {
  /// The resource's name.
  public let id: HubKey
  /// The revision that the keys were worked out from.
  public let expected: Int64
  /// By what it is found from now on.
  public let index: HubIndex

  /// Other keys for a resource.
  public init(id: HubKey, expected: Int64, index: HubIndex) {
    self.id = id
    self.expected = expected
    self.index = index
  }
}
