public import Diagnostics
import Foundation
public import Mapping

/// A folder of shapes, mappings and code tables on disk.
public enum MappingFolder {
  /// Reads and checks all files of a folder; those under `cases` folders and unknown kinds are passed over.
  /// - Throws: all errors found.
  public static func load(_ folder: String) throws(DiagnosticError) -> MappingLibrary {
    try MappingLibrary(try files(in: folder))
  }

  /// Likewise, with all that was found out about the mappings.
  /// - Throws: all errors found.
  public static func study(_ folder: String) throws(DiagnosticError) -> MappingStudy {
    try MappingStudy(try files(in: folder))
  }

  /// The configuration files of a folder, by path.
  public static func files(in folder: String) throws(DiagnosticError) -> [ConfigurationFile] {
    let paths = try paths(in: folder).filter { path in
      [".shape.yaml", ".map.yaml", ".csv"].contains { path.hasSuffix($0) }
        && !path.split(separator: "/").contains("cases")
    }
    guard !paths.isEmpty else { throw unreadable(folder, "no *.shape.yaml or *.map.yaml in it") }
    var files: [ConfigurationFile] = []
    for path in paths {
      let full = folder + "/" + path
      guard let data = FileManager.default.contents(atPath: full) else {
        throw unreadable(full, "can't be opened")
      }
      guard let text = String(data: data, encoding: .utf8) else { throw unreadable(full, "it is not UTF-8") }
      files.append(ConfigurationFile(path: full, name: name(path), text: text))
    }
    return files
  }

  /// The folders of cases: those that hold a `case.yaml`, sorted.
  public static func cases(in folder: String) throws(DiagnosticError) -> [String] {
    try paths(in: folder).filter { $0 == "case.yaml" || $0.hasSuffix("/case.yaml") }
      .map { folder + "/" + $0.dropLast("/case.yaml".count) }
  }

  private static func paths(in folder: String) throws(DiagnosticError) -> [String] {
    guard let found = FileManager.default.enumerator(atPath: folder) else {
      throw unreadable(folder, "no such folder")
    }
    return found.compactMap { $0 as? String }.sorted()
  }

  private static func name(_ path: String) -> String {
    for ending in [".shape.yaml", ".map.yaml", ".csv"] where path.hasSuffix(ending) {
      return String(path.dropLast(ending.count))
    }
    return path
  }

  private static func unreadable(_ path: String, _ reason: String) -> DiagnosticError {
    DiagnosticError([Diagnostic(.unreadableFile(reason: reason), at: Place(file: path, line: 1, column: 1))])
  }
}
