import Foundation

/// What an article tells its reader to do: files to write, files to change, commands to run.
///
/// The notation reads well without being known. A fenced block is
/// - a file, when the paragraph before it names one in backticks;
/// - with `diff`, a change of that file: lines with `-` become lines with `+`, others are where it happens, and `…`
///   stands between two changes;
/// - with `console`, commands behind `$` and what they print, where `…` stands for any lines or any part of a line;
/// - without a language, commands whose answers are not shown: they must end well;
/// - with `text`, only to be looked at.
struct Guide {
  struct Step {
    /// Where it stands in the article, from 1.
    let line: Int
    let action: Action
  }

  enum Action {
    case write(file: String, text: String)
    case change(file: String, changes: [GuideChange])
    /// `shown` is `nil` when the article does not tell what it prints.
    case run(command: String, shown: [String]?)
  }

  struct UnclearBlock: Error, CustomStringConvertible {
    let line: Int
    let description: String
  }

  private(set) var steps: [Step] = []

  /// - Parameters:
  ///   - section: only what stands under this heading.
  ///   - unnamed: the file that a block shows when nobody names one.
  init(_ text: String, section: String? = nil, unnamed: String? = nil) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var paragraph = ""
    var isInside = section == nil
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if let section, line.hasPrefix("## ") { isInside = line == "## " + section }
      guard isInside, let block = GuideBlock(lines, at: index) else {
        if !line.isEmpty {
          paragraph = index > 0 && !lines[index - 1].isEmpty ? paragraph + " " + line : line
        }
        index += 1
        continue
      }
      steps += try Self.steps(of: block, file: Self.file(in: paragraph) ?? unnamed)
      paragraph = ""
      index = block.end
    }
  }

  /// The first name in backticks that ends as files do.
  private static func file(in paragraph: String) -> String? {
    paragraph.firstMatch(of: /`([^`\s]+\.(?:yaml|csv|json|xml|xsd))`/).map { String($0.1) }
  }

  private static func steps(of block: GuideBlock, file: String?) throws -> [Step] {
    switch (block.language, file) {
    case ("text", _): return []
    case ("console", _):
      return block.commands.map { Step(line: $0.line, action: .run(command: $0.text, shown: $0.shown)) }
    case ("", _):
      return block.lines.enumerated().map {
        Step(line: block.line + $0.offset, action: .run(command: $0.element, shown: nil))
      }
    case ("diff", let file?):
      return [Step(line: block.line, action: .change(file: file, changes: GuideChange.all(in: block.lines)))]
    case (_, let file?):
      return [
        Step(line: block.line, action: .write(file: file, text: block.lines.map { $0 + "\n" }.joined()))
      ]
    default:
      throw UnclearBlock(
        line: block.line, description: "the paragraph before line \(block.line) names no file")
    }
  }
}
