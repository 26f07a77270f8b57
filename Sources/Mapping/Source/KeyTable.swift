/// One key that means something in a file or block.
public struct KeyDefinition: Sendable {
  /// The key.
  public let name: String
  /// What it says, one line for people.
  public let text: String
  /// What stands behind it.
  public let form: KeyForm
  /// Whether it must be there.
  public let isRequired: Bool

  /// Defines a key.
  public init(_ name: String, _ form: KeyForm, _ text: String, isRequired: Bool = false) {
    self.name = name
    self.text = text
    self.form = form
    self.isRequired = isRequired
  }
}

/// All keys of a kind of file or block: what its reader takes, and what editors complete.
public struct KeyTable: Sendable {
  /// What it is, for diagnostics: "a shape".
  public let what: String
  /// The keys in the order in which diagnostics list them; the first is the kind's mark.
  public let keys: [KeyDefinition]
  /// The keys' names.
  public let names: [String]

  /// Makes a table.
  public init(_ what: String, _ keys: [KeyDefinition]) {
    self.what = what
    self.keys = keys
    names = keys.map(\.name)
  }

  /// The names of the keys that must be there.
  public var required: [String] { keys.filter(\.isRequired).map(\.name) }
}
