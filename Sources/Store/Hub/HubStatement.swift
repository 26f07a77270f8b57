/// What one contributor last told of a resource.
public struct HubStatement: Hashable, Sendable {
  /// Who told it.
  public let contributor: String
  /// When that happened which it tells, in milliseconds since 1970, UTC.
  public let time: Int64
  /// The id of the message.
  public let message: String
  /// What it says; `nil` when the resource says the same.
  public let content: [UInt8]?

  /// A statement.
  public init(contributor: String, time: Int64, message: String, content: [UInt8]?) {
    self.contributor = contributor
    self.time = time
    self.message = message
    self.content = content
  }
}
