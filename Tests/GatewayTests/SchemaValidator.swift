import Foundation
import Gateway

/// A JSON Schema validator written by others: Python's jsonschema, from the virtual environment of `scripts/test`.
enum SchemaValidator {
  private static let python = RepositoryFolder.path + "/.venv/bin/python"

  static let isThere: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    return (try? run(["-c", "import jsonschema, yaml"]).status) == 0
  }()

  /// What it complains about, by file; files that are valid are not there.
  static func complaints(about files: [String], by schema: FileSchema) throws -> [String: [String]] {
    let path = NSTemporaryDirectory() + "sluss-\(UUID().uuidString).schema.json"
    try Data(schema.bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (told, status) = try run([RepositoryFolder.path + "/scripts/validate.py", path] + files)
    guard status == 0 else { throw Failed(told: told) }
    let lines = told.split(separator: "\n").map(String.init)
    return Dictionary(grouping: lines) { line in
      String(line.prefix(upTo: line.firstRange(of: ": ")?.lowerBound ?? line.endIndex))
    }
  }

  private struct Failed: Error {
    let told: String
  }

  private static func run(_ arguments: [String]) throws -> (told: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (told, process.terminationStatus)
  }
}
