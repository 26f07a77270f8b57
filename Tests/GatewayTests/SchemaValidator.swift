import Foundation
import Gateway
import TestRig

/// A JSON Schema validator written by others: Python's jsonschema, from the virtual environment of `scripts/test`.
enum SchemaValidator {
  static let isThere = Python.has("jsonschema, yaml")

  /// What it complains about, by file; files that are valid are not there.
  static func complaints(about files: [String], by schema: FileSchema) throws -> [String: [String]] {
    let path = NSTemporaryDirectory() + "sluss-\(UUID().uuidString).schema.json"
    try Data(schema.bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Python.run(script: "validate.py", [path] + files)
    guard outcome.status == 0 else { throw Failed(told: outcome.told) }
    let lines = outcome.told.split(separator: "\n").map(String.init)
    return Dictionary(grouping: lines) { line in
      String(line.prefix(upTo: line.firstRange(of: ": ")?.lowerBound ?? line.endIndex))
    }
  }

  private struct Failed: Error {
    let told: String
  }
}
