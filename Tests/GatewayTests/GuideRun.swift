import Foundation
import TestRig
import Testing

/// Does what an article says, in its order, and tells every line that is not so.
struct GuideRun {
  let article: String
  private let text: String
  private let guide: Guide
  private let records: Bool
  /// Articles say 8080; here another port, below those that systems give out by themselves.
  private let port = UInt16.random(in: 20_000..<32_000)

  /// An article of the repository.
  ///
  /// With SLUSS_RECORD it gets what commands really printed where it shows something else; the test fails
  /// then.
  init(_ article: String, section: String? = nil, unnamed: String? = nil) throws {
    let text = String(decoding: try RepositoryFolder.bytes(article), as: UTF8.self)
    let records = ProcessInfo.processInfo.environment["SLUSS_RECORD"] != nil
    try self.init(article, text: text, section: section, unnamed: unnamed, records: records)
  }

  init(
    _ article: String, text: String, section: String? = nil, unnamed: String? = nil, records: Bool = false
  ) throws {
    self.article = article
    self.text = text
    self.records = records
    guide = try Guide(text, section: section, unnamed: unnamed)
  }

  /// How many steps it has.
  var count: Int { guide.steps.count }

  func run() throws {
    let terminal = try GuideTerminal()
    defer { terminal.close() }
    var recording = GuideRecording(text)
    for step in guide.steps {
      do {
        try take(step, terminal, &recording)
      } catch {
        tell(step.line, "\(error)")
        if !records { return }
      }
    }
    if records { try write(recording.text, to: "\(RepositoryFolder.path)/\(article)") }
  }

  private func take(
    _ step: Guide.Step, _ terminal: GuideTerminal, _ recording: inout GuideRecording
  ) throws {
    switch step.action {
    case .write(let file, let text): try write(text, to: "\(terminal.folder)/\(file)")
    case .change(let file, let changes): try change("\(terminal.folder)/\(file)", changes)
    case .run(let command, let shown?):
      let line = step.line + command.count { $0 == "\n" }
      guard let printed = try difference(terminal, command, shown, line) else { return }
      recording.replace(shown, below: line, with: printed)
    case .run(let command, nil):
      let answer = try terminal.run(here(command))
      if answer.status != 0 {
        tell(step.line, "`\(command)` fails:\n" + answer.lines.joined(separator: "\n"))
      }
    }
  }

  private func here(_ text: String) -> String { text.replacing("8080", with: String(port)) }

  private func write(_ text: String, to path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func change(_ path: String, _ changes: [GuideChange]) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try write(changes.reduce(text) { try $1.apply(to: $0) }, to: path)
  }

  /// What was printed when it is not as shown below a line.
  private func difference(
    _ terminal: GuideTerminal, _ command: String, _ shown: [String], _ line: Int
  ) throws -> [String]? {
    let pattern = GuidePattern(shown: shown.map(here))
    let printed = try look {
      try terminal.run(here(command)).lines
    } until: {
      !onlyLooks(command) || pattern.difference(from: $0) == nil
    }
    guard let different = pattern.difference(from: printed) else { return nil }
    tell(line + 1 + different, "`\(command)` prints:\n" + printed.joined(separator: "\n"))
    return printed.map { $0.replacing(String(port), with: "8080") }
  }

  /// Readers take their time; who does not may have to look again at what goes on in the background.
  private func onlyLooks(_ command: String) -> Bool {
    command.hasPrefix("cat ") || command.hasPrefix("curl ") && !command.contains("--data")
  }

  private func tell(_ line: Int, _ text: String) {
    let name = URL(fileURLWithPath: article).lastPathComponent
    Issue.record(
      "\(article):\(line): \(text)",
      sourceLocation: SourceLocation(
        fileID: "GatewayTests/\(name)", filePath: "\(RepositoryFolder.path)/\(article)", line: line, column: 1
      ))
  }
}
