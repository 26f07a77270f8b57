import Foundation

/// Python with the packages of `scripts/requirements-test.txt`, in the virtual environment that `scripts/test` makes.
enum Python {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let path = folder + "/.venv/bin/python"

  /// Whether these modules, with commas between, are there.
  static func has(_ modules: String) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: path) else { return false }
    return (try? run(["-c", "import \(modules)"]).status) == 0
  }

  /// Runs a program of the folder `scripts`.
  static func run(script: String, _ arguments: [String]) throws -> (told: String, status: Int32) {
    try run([folder + "/scripts/" + script] + arguments)
  }

  private static func run(_ arguments: [String]) throws -> (told: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let told = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (told, process.terminationStatus)
  }
}
