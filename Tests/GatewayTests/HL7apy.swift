import Foundation

/// HL7 v2 as another library reads and writes it: Python's hl7apy, from the virtual environment of
/// `scripts/test`.
enum HL7apy {
  private static let python = RepositoryFolder.path + "/.venv/bin/python"

  static let isThere: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    return (try? run(["-c", "import hl7apy"])) != nil
  }()

  /// A message that hl7apy made.
  static func made() throws -> String {
    try run([RepositoryFolder.path + "/scripts/hl7v2.py", "make"])[0]
  }

  /// The messages as hl7apy writes what it read.
  /// - Throws: when it does not take one of them.
  static func rewritten(_ messages: [[UInt8]]) throws -> [String] {
    let files = messages.map { _ in NSTemporaryDirectory() + "sluss-\(UUID().uuidString).hl7" }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    for (file, message) in zip(files, messages) { try Data(message).write(to: URL(fileURLWithPath: file)) }
    return try run([RepositoryFolder.path + "/scripts/hl7v2.py"] + files)
  }

  struct Refused: Error {
    let told: String
  }

  /// What the program prints, a JSON text on each line.
  private static func run(_ arguments: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused(told: complaint) }
    return try told.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(String.self, from: $0)
    }
  }
}
