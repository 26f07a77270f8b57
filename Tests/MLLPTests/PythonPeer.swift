import Foundation

/// MLLP as others speak it: Python's hl7 and hl7apy, from the virtual environment of `scripts/test`.
final class PythonPeer {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let python = folder + "/.venv/bin/python"

  static let isThere: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", "import hl7.mllp, hl7apy.mllp"]
    process.standardError = FileHandle.nullDevice
    try? process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private let process = Process()
  private let output = Pipe()

  /// Runs `scripts/mllp_peer.py`.
  convenience init(_ arguments: String...) throws {
    try self.init(arguments)
  }

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = [Self.folder + "/scripts/mllp_peer.py"] + arguments
    process.standardOutput = output
    try process.run()
  }

  deinit {
    // A milder signal might be blocked: a child inherits the mask of the thread that started it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The port that a server tells when it listens.
  func port() -> UInt16? {
    let told = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    return UInt16(told.filter { !$0.isWhitespace })
  }

  /// The answers that a client got, each as MSA-1, MSA-2 and MSH-9.
  func answers() throws -> [[String]] {
    let told = output.fileHandleForReading.readDataToEndOfFile()
    return try told.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode([String].self, from: $0)
    }
  }
}
