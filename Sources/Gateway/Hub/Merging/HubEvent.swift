public import Diagnostics
public import Store

/// A message that was translated into the hub.
public struct HubEvent: Sendable {
  /// The message's id.
  public let message: String
  /// The name of the mapping that translated it.
  public let mapping: String
  /// The mapping's version.
  public let mappingVersion: String
  /// When it was received, in milliseconds since 1970, UTC.
  public let received: Int64
  /// What it told: a FHIR Bundle as JSON, as ``Translator/hub(isPretty:)`` writes it. Empty where a translator has it.
  public let bundle: [UInt8]

  /// A message that was translated.
  public init(message: String, mapping: String, mappingVersion: String, received: Int64, bundle: [UInt8]) {
    self.message = message
    self.mapping = mapping
    self.mappingVersion = mappingVersion
    self.received = received
    self.bundle = bundle
  }
}

/// What a message makes of the hub.
public struct HubMerge: Sendable {
  /// What is to be recorded with the message.
  public let changes: [HubChange]
  /// All that is known, with this message, of that which it tells about: a FHIR Bundle as JSON that
  /// ``Translator/readHub(_:named:receipt:)`` takes. First what the message told, in its order; then the
  /// other parts of the same whole, such as a visit's diagnoses; then what all these refer to.
  public let document: [UInt8]
  /// When that happened which it tells, in milliseconds since 1970, UTC.
  public let time: Int64

  /// Whether the message told nothing that was not known, or was known better.
  public var isVain: Bool { changes.isVain }
}

/// Why a message couldn't be merged.
public enum HubFailure: Error, Sendable, Equatable {
  /// The store couldn't be read.
  case store(StoreError)
  /// The hub's rules failed on what it tells.
  case problems(DiagnosticError)
}
