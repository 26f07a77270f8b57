import Foundation
import TestRig

/// HL7 v2 as another library reads and writes it: Python's hl7apy, from the virtual environment of
/// `scripts/test`.
enum HL7apy {
  static let isThere = Python.has("hl7apy")

  /// A message that hl7apy made.
  static func made() throws -> String {
    try run(["make"])[0]
  }

  /// The messages as hl7apy writes what it read.
  /// - Throws: when it does not take one of them.
  static func rewritten(_ messages: [[UInt8]]) throws -> [String] {
    let files = messages.map { _ in NSTemporaryDirectory() + "sluss-\(UUID().uuidString).hl7" }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    for (file, message) in zip(files, messages) { try Data(message).write(to: URL(fileURLWithPath: file)) }
    return try run(files)
  }

  struct Refused: Error {
    let told: String
  }

  /// What the program prints, a JSON text on each line.
  private static func run(_ arguments: [String]) throws -> [String] {
    let outcome = try Python.run(script: "hl7v2.py", arguments)
    guard outcome.status == 0 else { throw Refused(told: outcome.errors) }
    return try outcome.bytes.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(String.self, from: Data($0))
    }
  }
}
