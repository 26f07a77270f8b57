/// How far a message has come.
public enum MessageState: String, CaseIterable, Sendable {
  /// Stored and acknowledged, not yet translated.
  case received
  /// Translated. What came of it follows from the message and the version of the mapping, so it is not stored
  /// again.
  case translated
  /// The translation failed for a reason on our side; it may be tried again.
  case failed
  /// The content is unusable; the sender may send a corrected one under the same key.
  case rejected
  /// The translation failed, and a person decided that nothing comes of the message.
  case skipped
}

/// A message to be stored.
public struct NewMessage: Sendable {
  /// The message's id, a UUIDv7 in its text form, so that ids grow with time.
  public let id: String
  /// The name of the mapping that it will be translated with.
  public let mapping: String
  /// The sender's own key for it; the same key under the same mapping means the same message. One of more than 1 024
  /// bytes is kept as `sha256:` and the hexadecimal SHA-256 of its bytes.
  public let senderKey: String?
  /// Milliseconds since 1970, UTC.
  public let received: Int64
  /// The media type as the sender gave it.
  public let contentType: String
  /// The content, byte for byte.
  public let body: [UInt8]
  /// What the audit log gets when it is accepted; not read back.
  public let audit: [NewAuditEntry]
  /// Whether a stored message's content can't be read any more, since its content key is not there; it is empty then.
  public internal(set) var isLost = false
  /// The content as it is to be stored; nil for as it is.
  var sealed: SealedContent?

  /// A message with these parts.
  public init(
    id: String, mapping: String, senderKey: String? = nil, received: Int64, contentType: String,
    body: [UInt8],
    audit: [NewAuditEntry] = []
  ) {
    self.audit = audit
    self.id = id
    self.mapping = mapping
    self.senderKey = senderKey.map(SenderKey.kept)
    self.received = received
    self.contentType = contentType
    self.body = body
  }
}

/// A message as it is stored, with what became of it.
public struct StoredMessage: Sendable {
  /// What was received.
  public let message: NewMessage
  /// How far it has come.
  public let state: MessageState
  /// The translation's diagnostics as JSON; nil when there are none.
  public let diagnostics: [UInt8]?
  /// The version of the mapping that translated or refused it; nil before that, and without a mapping.
  public let mappingVersion: String?
  /// When its body was removed, in milliseconds since 1970, UTC: then the message has an empty one. Nil while
  /// it is there.
  public let bodyRemoved: Int64?
  /// The size of the body, also of a removed one.
  public let bytes: Int

  /// Whether its content can't be had any more: it was removed, or its content key is not there.
  public var isContentGone: Bool { bodyRemoved != nil || message.isLost }
}

/// What became of a message that was handed in.
public enum Acceptance: Sendable, Equatable {
  /// It is on disk under its id.
  case accepted(String)
  /// The sender's key was used before for the same bytes; the first one's id.
  case repeated(String)
  /// The sender's key was used before for other bytes, and nothing was stored; the first one's id.
  case conflict(String)
}

/// What a translation brought, to be stored with its message.
public struct TranslationRecord: Sendable {
  /// The message's id.
  public let id: String
  /// The state that the message gets.
  public let state: MessageState
  /// The diagnostics as JSON; nil for none.
  public let diagnostics: [UInt8]?
  /// The version of the mapping; nil when there was none of its name.
  public let mappingVersion: String?
  /// What is to be sent because of it.
  public let deliveries: [NewDelivery]
  /// What it changes in the hub.
  public let hub: [HubChange]
  /// What becomes of the billing of its visits. When one was computed from what is no longer so, nothing of the
  /// record is stored: it fails with ``StoreError/stale`` and is to be computed anew.
  public let billing: [BillingChange]
  /// What the audit log gets with it.
  public var audit: [NewAuditEntry]
  /// What is remembered with it; stale like billing.
  public var kept: [KeptChange]
  /// What somebody is to look at because of it: the revision of each of these names of a ``KeptStore`` grows, and one
  /// that is not there is remembered with a value of no meaning.
  public var marks: [KeptEntry.Name]
  /// Whether it is the message's first, by the gateway that translates for all: nothing is stored of it when the
  /// message was not accepted, or does not wait any more. Where several gateways share the store it is stale then, or when
  /// another one translates now.
  public var isFirst = false

  /// The same as the message's first.
  public var asFirst: TranslationRecord {
    var record = self
    record.isFirst = true
    return record
  }

  /// A record with these parts.
  public init(
    id: String, state: MessageState, diagnostics: [UInt8]? = nil,
    mappingVersion: String? = nil, deliveries: [NewDelivery] = [], hub: [HubChange] = [],
    billing: [BillingChange] = [], audit: [NewAuditEntry] = [], kept: [KeptChange] = [],
    marks: [KeptEntry.Name] = []
  ) {
    self.kept = kept
    self.audit = audit
    self.marks = marks
    self.id = id
    self.state = state
    self.diagnostics = diagnostics
    self.mappingVersion = mappingVersion
    self.deliveries = deliveries
    self.hub = hub
    self.billing = billing
  }
}
