import Billing
public import Diagnostics
import Foundation
public import Mapping

/// A folder of shapes, mappings and code tables on disk.
public enum MappingFolder {
  /// Reads and checks all files of a folder; those under `cases` folders, unknown kinds and names that begin
  /// with a dot are passed over.
  /// - Throws: all errors found.
  public static func load(_ folder: String) throws(DiagnosticError) -> MappingLibrary {
    try MappingLibrary(try files(in: folder))
  }

  /// Likewise, with all that was found out about the mappings.
  /// - Throws: all errors found.
  public static func study(_ folder: String) throws(DiagnosticError) -> MappingStudy {
    try MappingStudy(try files(in: folder))
  }

  /// What lies at the top of the folder and has readers of its own.
  private static let others: Set = [RIVTAContracts.file, BookingFolder.file]

  /// The configuration files of a folder, by path.
  public static func files(in folder: String) throws(DiagnosticError) -> [ConfigurationFile] {
    let found = try state(of: folder)
    guard found.contains(where: { !others.contains($0.path) }) else {
      throw unreadable(folder, "no *.shape.yaml or *.map.yaml in it")
    }
    var files: [ConfigurationFile] = []
    for file in found where !others.contains(file.path) {
      let full = folder + "/" + file.path
      guard let data = FileManager.default.contents(atPath: full) else {
        throw unreadable(full, "can't be opened")
      }
      guard let text = String(data: data, encoding: .utf8) else { throw unreadable(full, "it is not UTF-8") }
      files.append(ConfigurationFile(path: full, name: name(file.path), text: text))
    }
    return files
  }

  /// Likewise, with what went wrong as a value.
  static func read(_ folder: String) -> Result<[ConfigurationFile], DiagnosticError> {
    Result { () throws(DiagnosticError) in try files(in: folder) }
  }

  /// The configuration files as they lie there, unread, and the contracts: while this stays equal, so do they.
  static func state(of folder: String) throws(DiagnosticError) -> [FolderWalk.File] {
    try FolderWalk(folder, passingOver: "cases").files.filter {
      isConfiguration($0.path.split(separator: "/"))
    }
  }

  /// Likewise, with the rules and tables of billing.
  static func stateWithBilling(of folder: String) throws(DiagnosticError) -> [FolderWalk.File] {
    try FolderWalk(folder, passingOver: "cases").files.filter {
      isConfiguration($0.path.split(separator: "/")) || BillingFolder.holds($0.path)
    }
  }

  /// Tables lie in `codes`: elsewhere CSV is somebody's document.
  private static func isConfiguration(_ path: [Substring]) -> Bool {
    guard let name = path.last else { return false }
    if path.count == 1, others.contains(String(name)) { return true }
    if name.hasSuffix(ConfigurationFile.Kind.table.rawValue) { return path.dropLast().contains("codes") }
    return endings.contains { name.hasSuffix($0) }
  }

  /// The folders of cases: those that hold a `case.yaml`, sorted.
  public static func cases(in folder: String) throws(DiagnosticError) -> [String] {
    try FolderWalk(folder).files.map(\.path).filter { $0 == "case.yaml" || $0.hasSuffix("/case.yaml") }
      .map { folder + "/" + $0.dropLast("/case.yaml".count) }
  }

  private static let endings = ConfigurationFile.Kind.allCases.map(\.rawValue)

  private static func name(_ path: String) -> String {
    let ending = endings.first { path.hasSuffix($0) }
    return String(path.dropLast(ending?.count ?? 0))
  }

  static func unreadable(_ path: String, _ reason: String) -> DiagnosticError {
    DiagnosticError([Diagnostic(.unreadableFile(reason: reason), at: Place(file: path, line: 1, column: 1))])
  }
}
