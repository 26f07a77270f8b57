/// What a message did to a resource: a line of its trace.
public struct HubEffect: Sendable, Hashable {
  /// What was done.
  public enum Kind: String, Sendable, CaseIterable {
    /// It is new.
    case created
    /// It has a new version.
    case changed
    /// It is as it was, and that was confirmed.
    case confirmed
    /// Nobody tells it any more.
    case withdrawn
    /// What was told is older than what is known.
    case stale
    /// The message was taken before.
    case repeated
    /// What was told is older than a list without it.
    case delisted
  }

  /// What was done.
  public let kind: Kind
  /// The FHIR resource type.
  public let type: String
  /// The resource's name.
  public let id: HubKey
  /// The version that it led to or left.
  public let version: Int64?
  /// When that happened which made it vain, in milliseconds since 1970, UTC; `nil` where it was not in vain.
  public let since: Int64?

  init(kind: Kind, type: String, id: HubKey, version: Int64? = nil, since: Int64? = nil) {
    self.kind = kind
    self.type = type
    self.id = id
    self.version = version
    self.since = since
  }

  /// One line for the store.
  var line: String {
    "\(kind.rawValue) \(type) \(id) \(version.map(String.init) ?? "-") \(since.map(String.init) ?? "-")"
  }

  init?(line: Substring) {
    let parts = line.split(separator: " ")
    guard parts.count == 5, let kind = Kind(rawValue: String(parts[0])),
      let id = HubKey(hexadecimal: parts[2])
    else { return nil }
    self.init(
      kind: kind, type: String(parts[1]), id: id, version: Int64(parts[3]), since: Int64(parts[4]))
  }
}
