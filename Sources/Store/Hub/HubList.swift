/// When a contributor last listed all resources of a type that are part of another.
public struct HubList: Sendable, Hashable {
  /// What names a list.
  public struct Name: Sendable, Hashable {
    /// The resource that they are part of.
    public let whole: HubKey
    /// Their type.
    public let type: String
    /// Who listed them.
    public let contributor: String

    /// The name of a list.
    public init(whole: HubKey, type: String, contributor: String) {
      self.whole = whole
      self.type = type
      self.contributor = contributor
    }
  }

  /// When a list was told.
  public struct Telling: Sendable, Hashable, Comparable {
    /// When that happened which it tells, in milliseconds since 1970, UTC.
    public let time: Int64
    /// The id of the message.
    public let message: String

    /// A telling.
    public init(time: Int64, message: String) {
      self.time = time
      self.message = message
    }

    /// By the time of what was told; messages about the same moment are in the order of their ids.
    public static func < (one: Telling, other: Telling) -> Bool {
      (one.time, one.message) < (other.time, other.message)
    }
  }

  /// The list's name.
  public let name: Name
  /// The telling that this was worked out from; `nil` for none.
  public let expected: Telling?
  /// When it was told.
  public let telling: Telling

  /// A list that was told.
  public init(name: Name, expected: Telling?, telling: Telling) {
    self.name = name
    self.expected = expected
    self.telling = telling
  }
}
