import Foundation
import TestRig

/// MLLP as others speak it: Python's hl7 and hl7apy, from the virtual environment of `scripts/test`.
final class PythonPeer {
  static let isThere = Python.has("hl7.mllp, hl7apy.mllp")

  private let process: ChildProcess
  private let output = Pipe()

  /// Runs `scripts/mllp_peer.py`.
  convenience init(_ arguments: String...) throws {
    try self.init(arguments)
  }

  init(_ arguments: [String]) throws {
    let script = RepositoryFolder.path + "/scripts/mllp_peer.py"
    process = try ChildProcess(
      Python.path, [script] + arguments, output: .file(output.fileHandleForWriting), errors: .ours)
    try output.fileHandleForWriting.close()
  }

  deinit { process.kill() }

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
