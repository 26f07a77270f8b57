/// A column of finance's tables.
public struct ExportColumn: Sendable, Equatable {
  /// What stands above it.
  public let heading: String
  /// A field of a line (`patient.county`), or of the batch (`claim`).
  public let path: String
}
