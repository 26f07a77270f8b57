import Foundation
import TestRig

/// A shell in a folder of its own that holds a copy of the repository's mappings, with `sluss` at hand.
final class GuideTerminal {
  struct Answer {
    let lines: [String]
    let status: Int
  }

  struct Silent: Error, CustomStringConvertible {
    let description: String
  }

  let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
  private let shell: ChildProcess
  private let input = Pipe()
  private let output = Pipe()
  /// Stands behind what a command prints.
  private let mark = "--" + UUID().uuidString + "--"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: RepositoryFolder.path + "/Mappings", toPath: folder + "/Mappings")
    shell = try ChildProcess(
      "/bin/bash", [],
      environment: ["PATH": "\(try Self.products()):/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder],
      in: folder, input: .file(input.fileHandleForReading), output: .file(output.fileHandleForWriting),
      errors: .ours)
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    // What is built already need not be built again.
    _ = try run("exec 2>&1; swift() { :; }")
  }

  /// The folder in which `swift build` puts the executables, and the tests beside them.
  static func products() throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(fileURLWithPath: tests).deletingLastPathComponent().path
    guard FileManager.default.isExecutableFile(atPath: folder + "/sluss") else {
      throw Silent(description: "there is no \(folder)/sluss")
    }
    return folder
  }

  /// Runs a command to its end; what it began in the background goes on.
  func run(_ command: String) throws -> Answer {
    input.fileHandleForWriting.write(Data("\(command)\nprintf '\\n%s%s\\n' '\(mark)' $?\n".utf8))
    var told = ""
    while true {
      if let end = told.firstRange(of: "\n" + mark), told.hasSuffix("\n") {
        let status = told[end.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
        return Answer(lines: Self.lines(told[..<end.lowerBound]), status: Int(status) ?? -1)
      }
      told += try more(command)
    }
  }

  private static func lines(_ text: Substring) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(lines.reversed().drop(while: \.isEmpty).reversed())
  }

  private func more(_ command: String) throws -> String {
    let descriptor = output.fileHandleForReading.fileDescriptor
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 300_000) > 0 else {
      throw Silent(description: "no end in five minutes: \(command)")
    }
    let bytes = output.fileHandleForReading.availableData
    guard !bytes.isEmpty else { throw Silent(description: "the shell ended: \(command)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends what still runs and removes the folder.
  func close() {
    input.fileHandleForWriting.write(Data("kill $(jobs -p) 2>/dev/null; wait; exit\n".utf8))
    try? input.fileHandleForWriting.close()
    shell.end()
    try? FileManager.default.removeItem(atPath: folder)
  }
}
