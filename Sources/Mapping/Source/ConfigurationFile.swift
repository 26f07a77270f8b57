/// One file of the mappings' folder.
public struct ConfigurationFile: Sendable, Equatable {
  /// What a file holds, by how its path ends.
  public enum Kind: String, Sendable, CaseIterable {
    /// What a document looks like.
    case shape = ".shape.yaml"
    /// A mapping, or a fragment of some.
    case mapping = ".map.yaml"
    /// A code table.
    case table = ".csv"
    /// Where messages go.
    case routes = "routes.yaml"
    /// What is kept of that which messages tell, and how.
    case store = "store.yaml"
  }

  /// Its path as the user gave it, for diagnostics.
  public let path: String
  /// Its path in the folder without the ending: `visiba/visit-event`.
  public let name: String
  /// What it holds; `nil` for a file that is none of ours.
  public let kind: Kind?
  /// Its text.
  public let text: String

  /// A file that was read.
  public init(path: String, name: String, text: String) {
    self.path = path
    self.name = name
    self.text = text
    kind = Kind.allCases.first { path.hasSuffix($0.rawValue) }
  }

  /// Equal byte for byte, which texts that only look equal are not.
  public static func == (one: ConfigurationFile, other: ConfigurationFile) -> Bool {
    one.path.utf8.elementsEqual(other.path.utf8) && one.name.utf8.elementsEqual(other.name.utf8)
      && one.text.utf8.elementsEqual(other.text.utf8)
  }
}
