/// Something that a part of the gateway remembers across restarts.
public struct KeptEntry: Sendable, Equatable {
  /// Under what it is remembered.
  public struct Name: Sendable, Hashable {
    /// Whose it is: `booking`, `engagement`.
    public let space: String
    /// Its name there, without patient data.
    public let key: String

    /// A name.
    public init(space: String, key: String) {
      self.space = space
      self.key = key
    }
  }

  /// Its name.
  public let name: Name
  /// Grows with each change, from 1.
  public let revision: Int64
  /// What is remembered; may hold patient data.
  public let value: [UInt8]
}

/// A change of what is remembered.
public struct KeptChange: Sendable, Equatable {
  /// Its name.
  public let name: KeptEntry.Name
  /// The revision that the change was worked out from; `nil` for none.
  public let expected: Int64?
  /// What is to be remembered; `nil` to forget it.
  public let value: [UInt8]?

  /// A change with these parts.
  public init(_ name: KeptEntry.Name, expected: Int64?, value: [UInt8]?) {
    self.name = name
    self.expected = expected
    self.value = value
  }
}
