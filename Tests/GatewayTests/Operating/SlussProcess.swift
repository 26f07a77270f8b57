import Foundation
import Testing

/// The program itself, as an operator runs it: one that serves, in a folder of its own that outlives it.
final class SlussProcess {
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  /// What a command printed, and how it ended.
  struct Outcome {
    let output, errors: String
    let status: Int32

    var told: String { output + errors }
    /// Whether a line begins with these words, whatever white space is between them.
    func says(_ words: String) -> Bool {
      told.split(separator: "\n").contains {
        $0.split(separator: " ").joined(separator: " ").hasPrefix(words)
      }
    }
  }

  let port: Int
  private let process = Process()
  private let log: String

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it and waits until it listens.
  /// - Parameters:
  ///   - folder: holds `sluss.yaml` with port 0, and gets the log.
  init(in folder: String, environment: [String: String] = [:]) throws {
    log = folder + "/log-" + UUID().uuidString
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process.executableURL = URL(fileURLWithPath: try GuideTerminal.products() + "/sluss")
    process.arguments = ["serve", "--config", folder + "/sluss.yaml"]
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let mark = /sluss listens on http:\/\/127\.0\.0\.1:(\d+)\n/
    var text = ""
    for _ in 0..<3000 where process.isRunning {
      text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      if text.contains(mark) { break }
      usleep(10_000)
    }
    guard let port = text.firstMatch(of: mark).flatMap({ Int($0.1) }) else {
      kill(process.processIdentifier, SIGKILL)
      throw NotStarted(description: text)
    }
    self.port = port
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  var pid: Int32 { process.processIdentifier }

  /// Waits for the end; the status.
  func end() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// All that it told.
  var told: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Runs a command of `sluss` against it.
  func run(_ words: String..., token: String? = nil, input: String = "") throws -> Outcome {
    try Self.run(words, ["SLUSS_URL": url, "SLUSS_TOKEN": token ?? ""].filter { !$0.value.isEmpty }, input)
  }

  static func run(
    _ words: [String], _ environment: [String: String] = [:], _ input: String = ""
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try GuideTerminal.products() + "/sluss")
    process.arguments = words
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    let (given, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = given
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    given.fileHandleForWriting.write(Data(input.utf8))
    try given.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: printed, as: UTF8.self), errors: String(decoding: complaint, as: UTF8.self),
      status: process.terminationStatus)
  }

  /// Tries until it is so, up to forty seconds.
  static func eventually(_ isSo: () throws -> Bool) throws -> Bool {
    for _ in 0..<400 {
      if try isSo() { return true }
      usleep(100_000)
    }
    return try isSo()
  }
}
