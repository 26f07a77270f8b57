/// One file of the mappings' folder.
public struct ConfigurationFile: Sendable {
  /// Its path as the user gave it, for diagnostics.
  public let path: String
  /// Its path in the folder without the ending: `visiba/visit-event`.
  public let name: String
  /// Its text.
  public let text: String

  /// A file that was read.
  public init(path: String, name: String, text: String) {
    self.path = path
    self.name = name
    self.text = text
  }
}
