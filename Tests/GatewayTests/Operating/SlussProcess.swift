import Foundation
import TestRig
import Testing

/// The program itself, as an operator runs it: one that serves, in a folder of its own that outlives it.
final class SlussProcess {
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  let port: Int
  private let process: ChildProcess
  private let log: String

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it and waits until it listens.
  /// - Parameters:
  ///   - folder: holds `sluss.yaml` with port 0, and gets the log.
  init(in folder: String, environment: [String: String] = [:]) throws {
    log = folder + "/log-" + UUID().uuidString
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process = try ChildProcess(
      try GuideTerminal.products() + "/sluss", ["serve", "--config", folder + "/sluss.yaml"],
      environment: Self.plain.merging(environment) { $1 },
      errors: .file(try FileHandle(forWritingTo: URL(fileURLWithPath: log))))
    let mark = /sluss listens on http:\/\/127\.0\.0\.1:(\d+)\n/
    let (log, process) = (log, process)
    let text = look {
      (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    } until: {
      $0.contains(mark) || !process.isRunning
    }
    guard let port = text.firstMatch(of: mark).flatMap({ Int($0.1) }) else {
      process.kill()
      throw NotStarted(description: text)
    }
    self.port = port
  }

  deinit { process.kill() }

  func signal(_ number: Int32) { process.signal(number) }

  var pid: Int32 { process.identifier }

  /// Waits for the end; the status.
  func end() -> Int32 { process.end() }

  /// All that it told.
  var told: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Runs a command of `sluss` against it.
  func run(_ words: String..., token: String? = nil, input: String = "") throws -> Program {
    try Self.run(words, ["SLUSS_URL": url, "SLUSS_TOKEN": token ?? ""].filter { !$0.value.isEmpty }, input)
  }

  static func run(
    _ words: [String], _ environment: [String: String] = [:], _ input: String = ""
  ) throws -> Program {
    try Program.run(
      try GuideTerminal.products() + "/sluss", words, environment: plain.merging(environment) { $1 },
      input: Array(input.utf8))
  }

  private static let plain = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
}

extension Program {
  /// Whether a line begins with these words, whatever white space is between them.
  func says(_ words: String) -> Bool {
    told.split(separator: "\n").contains {
      $0.split(separator: " ").joined(separator: " ").hasPrefix(words)
    }
  }
}
