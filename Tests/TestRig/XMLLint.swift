/// libxml2's own validator.
public enum XMLLint {
  private static let valid = " validates"

  /// What it complains about; empty when all files are valid.
  /// - Parameter schema: below `rivta` of the shared folder.
  public static func validate(_ files: [String], against schema: String) throws -> String {
    try told(files, "\(SharedFolder.path ?? "")/rivta/\(schema)").filter { !$0.hasSuffix(valid) }
      .joined(separator: "\n")
  }

  /// Those of some files that a schema, by its whole path, allows.
  public static func valid(_ files: [String], against schema: String) throws -> Set<String> {
    guard !files.isEmpty else { return [] }
    let lines = try told(files, schema).filter { $0.hasSuffix(valid) }
    return Set(lines.map { String($0.dropLast(valid.count)) })
  }

  private static func told(_ files: [String], _ schema: String) throws -> [Substring] {
    try Program.run("/usr/bin/xmllint", ["--noout", "--nonet", "--schema", schema] + files).errors
      .split(separator: "\n")
  }
}
