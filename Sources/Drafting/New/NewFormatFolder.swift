import Diagnostics
import Foundation

extension NewFormat {
  /// Writes all files into a folder of mappings, or none.
  /// - Throws: a diagnostic for each file that is already there, or what the system says.
  public func write(into folder: String) throws {
    let taken = files.map { "\(folder)/\($0.path)" }.filter(FileManager.default.fileExists)
    guard taken.isEmpty else {
      throw DiagnosticError(taken.map { Diagnostic(.fileExists, at: Place(file: $0, line: 1, column: 1)) })
    }
    for file in files {
      let url = URL(fileURLWithPath: "\(folder)/\(file.path)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url, options: .withoutOverwriting)
    }
  }
}
