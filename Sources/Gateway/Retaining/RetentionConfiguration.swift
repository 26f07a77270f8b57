/// How long what is kept.
public struct RetentionConfiguration: Sendable, Equatable {
  /// How long the content of some mappings' messages is kept.
  public struct Rule: Sendable, Equatable {
    /// As it is written.
    public let name: String
    /// The mappings, or the systems of the hub.
    public let pattern: MappingPattern
    /// Nil for ever.
    public let time: Duration?
  }

  /// By mapping, in the order of the file.
  public var messages: [Rule] = []
  /// By system of the hub, likewise.
  public var hub: [Rule] = []
  /// How long replaced versions are kept; nil for ever.
  public var versions: Duration?
  /// How often it is looked what may go.
  public var lookEvery = Duration.seconds(3600)

  /// What store.yaml says, and nothing else goes.
  public init() {}
}
