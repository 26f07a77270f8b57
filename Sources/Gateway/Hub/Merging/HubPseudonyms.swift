public import Store

/// Makes the names under which the store keeps and finds what it must not show: keyed hashes (HMAC-SHA-256),
/// so that nobody without the key can tell whose a name is, or try all numbers.
///
/// A resource's name follows from its business key alone: it is the same whichever message tells of it
/// first, and in every gateway with the same key. With another key, nothing that is stored is found again.
public struct HubPseudonyms: Sendable {
  private let key: [UInt8]

  /// Names made with a key of at least 32 random bytes.
  public init(key: [UInt8]) {
    self.key = key
  }

  /// The name of the resource with a business key, such as `http://…/personnummer|191212121212`.
  public func resource(_ type: String, _ businessKey: String) -> HubKey {
    naming().resource(type, businessKey)
  }

  /// The name of a value of a search key.
  func value(_ type: String, _ search: String, _ value: String) -> HubKey {
    naming().value(type, search, value)
  }

  /// The name of that by which a value is looked for alone.
  func door(_ type: String, _ search: String, _ value: String) -> HubKey {
    naming().door(type, search, value)
  }

  /// The name of a search key of times.
  func times(_ type: String, _ search: String) -> HubKey { naming().times(type, search) }

  /// The entry under which all resources of a type are.
  func all(_ type: String) -> HubKey { naming().all(type) }

  /// The same names for one thread that makes many.
  func naming() -> HubNaming { HubNaming(key: key) }
}
