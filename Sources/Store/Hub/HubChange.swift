/// A change of the hub that was worked out from what the store held. When that is no longer so, the record that it
/// belongs to fails as ``StoreError/stale`` and is to be worked out anew.
public enum HubChange: Sendable, Hashable {
  /// A new resource, or a new version of one.
  case put(HubPut)
  /// A contributor told once more what the resource says already, later.
  case confirm(HubConfirmation)
  /// A contributor listed the resources that are part of another.
  case list(HubList)
  /// A resource is to be found by other keys; it stays as it is.
  case index(HubIndexing)
  /// What a message told changes nothing; only its trace shows it.
  case ignore(HubIgnored)

  /// Bytes that the change keeps in memory, about.
  var bytes: Int {
    guard case .put(let put) = self else { return 64 }
    return put.statements.reduce(put.content.count) { $0 + ($1.content?.count ?? 0) }
  }
}

/// A resource as it shall be.
public struct HubPut: Sendable, Hashable {
  /// Its name.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The revision that this was worked out from; `nil` for none.
  public let expected: Int64?
  /// Whether it holds.
  public let state: HubState
  /// Where the version comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
  /// By what it is found.
  public let index: HubIndex
  /// What its contributors told, all of them.
  public let statements: [HubStatement]

  /// A resource as it shall be.
  public init(
    id: HubKey, type: String, expected: Int64?, state: HubState, origin: HubOrigin, content: [UInt8],
    index: HubIndex, statements: [HubStatement]
  ) {
    self.id = id
    self.type = type
    self.expected = expected
    self.state = state
    self.origin = origin
    self.content = content
    self.index = index
    self.statements = statements
  }
}

/// That a contributor still tells the same.
///
/// Confirmations of one resource don't stand in each other's way: its version has to be the expected one, its
/// revision needn't.
public struct HubConfirmation: Sendable, Hashable {
  /// The resource's name.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The version that it says the same as.
  public let expected: Int64
  /// Where it comes from.
  public let origin: HubOrigin

  /// A confirmation.
  public init(id: HubKey, type: String, expected: Int64, origin: HubOrigin) {
    self.id = id
    self.type = type
    self.expected = expected
    self.origin = origin
  }
}

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

/// Other keys for a resource.
public struct HubIndexing: Sendable, Hashable {
  /// The resource's name.
  public let id: HubKey
  /// The version that the keys are of.
  public let expected: Int64
  /// By what it is found from now on.
  public let index: HubIndex

  /// Other keys for a resource.
  public init(id: HubKey, expected: Int64, index: HubIndex) {
    self.id = id
    self.expected = expected
    self.index = index
  }
}

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

  /// Something told in vain.
  public init(id: HubKey, type: String, reason: Reason, since: Int64) {
    self.id = id
    self.type = type
    self.reason = reason
    self.since = since
  }
}
