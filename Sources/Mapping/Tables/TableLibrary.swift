import Diagnostics

/// All code tables of a folder, found from where a mapping lies.
struct TableLibrary: Sendable {
  /// By path: `visiba/codes/visit-status`.
  var tables: [String: CodeTable] = [:]

  /// The table that a mapping means: in `codes/` beside it, else in `codes/` of the folder.
  func find(_ name: String, for mapping: String) -> CodeTable? {
    let folder = mapping.split(separator: "/").dropLast().joined(separator: "/")
    return tables["\(folder)/codes/\(name)"] ?? tables["codes/\(name)"] ?? tables[name]
  }

  /// Names that a mapping could have meant.
  func names(for mapping: String) -> [String] {
    tables.keys.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
  }
}
