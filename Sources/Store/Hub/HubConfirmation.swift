/// That a contributor still tells the same.
///
/// Confirmations of one resource don't stand in each other's way: its version has to be the expected one, its
/// revision needn't.
public struct HubConfirmation: Sendable, Hashable {
  /// The resource's name.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The version that it says the same as.
  public let expected: Int64
  /// Where it comes from.
  public let origin: HubOrigin

  /// A confirmation.
  public init(id: HubKey, type: String, expected: Int64, origin: HubOrigin) {
    self.id = id
    self.type = type
    self.expected = expected
    self.origin = origin
  }
}
