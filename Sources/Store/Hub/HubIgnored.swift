/// Something told in vain.
public struct HubIgnored: Sendable, Hashable {
  /// Why.
  public enum Reason: String, Sendable, CaseIterable {
    /// The same contributor told of the resource what happened later.
    case stale
    /// The message was taken before.
    case repeated
    /// The same contributor listed later what is there, and this no more.
    case delisted
  }

  /// The resource's name.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// Why.
  public let reason: Reason
  /// When that happened which made it vain, in milliseconds since 1970, UTC.
  public let since: Int64

  /// The version that the rest of the record was worked out from; `nil` when nothing was.
  public let expected: Int64?

  /// Something told in vain.
  public init(id: HubKey, type: String, reason: Reason, since: Int64, expected: Int64? = nil) {
    self.expected = expected
    self.id = id
    self.type = type
    self.reason = reason
    self.since = since
  }
}
