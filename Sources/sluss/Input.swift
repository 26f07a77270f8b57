import Diagnostics
import Foundation

/// What comes from outside: files, standard input, the clock.
enum Input {
  /// The bytes of a file, `-` for standard input.
  static func read(_ file: String) throws(Diagnostic) -> [UInt8] {
    if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Diagnostic(.unreadableFile(reason: "no such file"), at: Place(file: file, line: 1, column: 1))
    }
    return Array(data)
  }

  /// The time now as an instant in UTC.
  static func now() -> String { Date().formatted(.iso8601) }
}
