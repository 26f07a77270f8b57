/// A resource as it shall be.
public struct HubPut: Sendable, Hashable {
  /// Its name.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The revision that this was worked out from; `nil` for none.
  public let expected: Int64?
  /// Whether it holds.
  public let state: HubState
  /// Where the version comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
  /// By what it is found.
  public let index: HubIndex
  /// What its contributors told, all of them; none only when it is withdrawn.
  public let statements: [HubStatement]

  /// A resource as it shall be.
  public init(
    id: HubKey, type: String, expected: Int64?, state: HubState, origin: HubOrigin, content: [UInt8],
    index: HubIndex, statements: [HubStatement]
  ) {
    self.id = id
    self.type = type
    self.expected = expected
    self.state = state
    self.origin = origin
    self.content = content
    self.index = index
    self.statements = statements
  }
}
