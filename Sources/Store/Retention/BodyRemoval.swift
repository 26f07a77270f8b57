/// Which messages' bodies are to go for ever, with the bodies of their deliveries and their diagnostics.
///
/// A body stays, however old, while its message is untranslated or could not be translated, and while one of
/// its deliveries waits or is dead. All else about messages and deliveries stays for good.
public struct BodyRemoval: Sendable {
  /// Names the rule; under another name all messages are looked at from the first one on.
  public let rule: String
  /// The mappings whose messages are meant, by their names.
  public let isMeant: @Sendable (String) -> Bool
  /// Those that were received before then, in milliseconds since 1970, UTC.
  public let before: Int64
  /// The types of FHIR resources whose time must have ended before then too: those of them that a message
  /// told of. One without an end has ended when it began.
  public let ended: Set<String>
  /// The time now, likewise.
  public let time: Int64

  /// A rule at a time.
  public init(
    rule: String, isMeant: @escaping @Sendable (String) -> Bool, before: Int64, ended: Set<String> = [],
    time: Int64
  ) {
    self.rule = rule
    self.isMeant = isMeant
    self.before = before
    self.ended = ended
    self.time = time
  }
}

/// Where a removal goes on.
public enum BodyRemovalPlace: Sendable, Equatable {
  /// Behind that one of those that were left before.
  case left(Int64)
  /// At those that no one has looked at.
  case new
}

/// What one step of a removal brought.
public struct BodyRemovalStep: Sendable, Equatable {
  /// The messages whose bodies went.
  public var messages = 0
  /// The deliveries of which at least one body went.
  public var deliveries = 0
  /// Where the next step goes on; nil when nothing is left to look at now.
  public var next: BodyRemovalPlace?

  /// A step with these parts.
  public init(messages: Int = 0, deliveries: Int = 0, next: BodyRemovalPlace? = nil) {
    self.messages = messages
    self.deliveries = deliveries
    self.next = next
  }
}
