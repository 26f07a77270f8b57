import Foundation

/// Python with the packages of `scripts/requirements-test.txt`, in the virtual environment that `scripts/test` makes.
enum Python {
  /// What a program printed, and how it ended.
  struct Outcome {
    let output: [UInt8]
    let errors: String
    let status: Int32

    /// Everything that it told, its output first.
    var told: String { String(decoding: output, as: UTF8.self) + errors }
  }

  private static let path = RepositoryFolder.path + "/.venv/bin/python"

  /// Whether these modules, with commas between, are there.
  static func has(_ modules: String) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: path) else { return false }
    return (try? run(["-c", "import \(modules)"]).status) == 0
  }

  /// Runs a program of the folder `scripts`.
  static func run(script: String, _ arguments: [String]) throws -> Outcome {
    try run([RepositoryFolder.path + "/scripts/" + script] + arguments)
  }

  private static func run(_ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = Array(output.fileHandleForReading.readDataToEndOfFile())
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(output: printed, errors: complaint, status: process.terminationStatus)
  }
}
