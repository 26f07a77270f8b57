/// What is the case with a resource.
public enum HubState: Int64, Sendable, CaseIterable {
  /// It holds.
  case live = 0
  /// Its source says that it was never right; it can still be asked for.
  case nullified = 1
  /// No source tells it any more; only its history shows it.
  case withdrawn = 2
}

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

/// A resource as it is now.
public struct HubResource: Hashable, Sendable {
  /// Its name, the same in all its versions.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The patient whom it is about; `nil` for none.
  public let patient: HubKey?
  /// The number of its version, from 1.
  public let version: Int64
  /// Whether it holds.
  public let state: HubState
  /// Where this version comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
}

/// A resource with all that merging needs.
public struct HubMaterial: Hashable, Sendable {
  /// The resource.
  public let resource: HubResource
  /// Its place in the order in which resources were made.
  public let place: Int64
  /// Grows with each version and each confirmation.
  public let revision: Int64
  /// By what it is found.
  public let index: HubIndex
  /// What its contributors told.
  public let statements: [HubStatement]
}

/// A version of a resource.
public struct HubVersion: Hashable, Sendable {
  /// Its number, from 1, in the order recorded.
  public let number: Int64
  /// Whether the resource held.
  public let state: HubState
  /// Where it comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
}
