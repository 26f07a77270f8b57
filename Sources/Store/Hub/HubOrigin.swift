/// Where a version of a resource comes from.
public struct HubOrigin: Hashable, Sendable {
  /// When that happened which it tells, in milliseconds since 1970, UTC.
  public let time: Int64
  /// The id of the message that told it.
  public let message: String
  /// Who told it: a system and what kind of message it sent.
  public let contributor: String
  /// The version of the mapping that translated the message.
  public let mappingVersion: String

  /// An origin.
  public init(time: Int64, message: String, contributor: String, mappingVersion: String) {
    self.time = time
    self.message = message
    self.contributor = contributor
    self.mappingVersion = mappingVersion
  }
}
