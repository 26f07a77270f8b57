/// Which messages are looked for; what is nil doesn't matter.
public struct MessageQuery: Sendable {
  /// Their state.
  public var state: MessageState?
  /// Their mapping.
  public var mapping: String?
  /// The version of the mapping that translated or refused them.
  public var mappingVersion: String?
  /// When they were received, in milliseconds since 1970, UTC.
  public var received: ClosedRange<Int64>?

  /// Every message that has all of these.
  public init(
    state: MessageState? = nil, mapping: String? = nil, mappingVersion: String? = nil,
    received: ClosedRange<Int64>? = nil
  ) {
    self.state = state
    self.mapping = mapping
    self.mappingVersion = mappingVersion
    self.received = received
  }
}

/// A message without its body.
public struct MessageSummary: Sendable, Equatable {
  /// The message's id.
  public let id: String
  /// The name of its mapping.
  public let mapping: String
  /// The sender's key for it, also of a rejected one.
  public let senderKey: String?
  /// Milliseconds since 1970, UTC.
  public let received: Int64
  /// The size of the body.
  public let bytes: Int
  /// How far it has come.
  public let state: MessageState
  /// The version of the mapping that translated or refused it.
  public let mappingVersion: String?

  /// A summary with these parts.
  public init(
    id: String, mapping: String, senderKey: String?, received: Int64, bytes: Int, state: MessageState,
    mappingVersion: String?
  ) {
    self.id = id
    self.mapping = mapping
    self.senderKey = senderKey
    self.received = received
    self.bytes = bytes
    self.state = state
    self.mappingVersion = mappingVersion
  }
}

/// Some of the messages that were looked for.
public struct MessagePage: Sendable {
  /// Those of this page; it may have none though there is a next.
  public let messages: [MessageSummary]
  /// Where the next page goes on; nil when this one is the last. The number means nothing elsewhere.
  public let next: Int64?

  /// A page.
  public init(messages: [MessageSummary], next: Int64?) {
    self.messages = messages
    self.next = next
  }
}

/// In which order messages are looked through.
public enum MessageOrder: Sendable {
  /// As they were stored.
  case oldestFirst
  /// The other way round.
  case newestFirst
}
