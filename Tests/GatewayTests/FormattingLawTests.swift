import Diagnostics
import Foundation
import Mapping
import TestRig
import Testing
import YAML

/// What formatting promises of every file: our own, and our own as somebody else would have written them.
struct FormattingLawTests {
  private static let files: [String] = {
    let found =
      FileManager.default.enumerator(atPath: RepositoryFolder.path)?.compactMap { $0 as? String } ?? []
    return found.sorted().filter { path in
      (path.hasPrefix("Mappings/") || path.hasPrefix("Fixtures/diagnostics/base/"))
        && [".shape.yaml", ".map.yaml", "/case.yaml"].contains { path.hasSuffix($0) }
    }
  }()

  private func text(_ file: String) throws -> String {
    String(decoding: try RepositoryFolder.bytes(file), as: UTF8.self)
  }

  @Test("Our own files are laid out", arguments: files.filter { $0.hasPrefix("Mappings/") })
  func own(_ file: String) throws {
    let text = try text(file)
    #expect(try ConfigurationFormat.format(text, file: file) == text)
  }

  @Test("Formatting again changes nothing; the tree and all comments stay", arguments: files)
  func laws(_ file: String) throws {
    let text = try text(file)
    for seed in 1...4 {
      var disorder = Disorder(seed: UInt64(seed))
      let spaced = disorder.gaps(disorder.indents(text))
      let mixed = disorder.comments(disorder.blanks(spaced))
      // A comment or an empty line within a value of several lines would make another file of it.
      let written = (try? tree(mixed)) == (try tree(text)) ? mixed : spaced
      let formatted = try ConfigurationFormat.format(written, file: file)
      #expect(try ConfigurationFormat.format(formatted, file: file) == formatted, "seed \(seed)")
      #expect(try tree(formatted) == tree(written), "seed \(seed)")
      #expect(comments(formatted) == comments(written), "seed \(seed)")
      #expect(!formatted.contains(/[ \t]\n|\n\n\n|\n\n$/), "seed \(seed)")
    }
  }

  @Test("However blocks are indented and values spaced, they are laid out the same", arguments: files)
  func canonical(_ file: String) throws {
    let formatted = try ConfigurationFormat.format(try text(file), file: file)
    for seed in 1...4 {
      var disorder = Disorder(seed: UInt64(seed))
      let again = try ConfigurationFormat.format(disorder.gaps(disorder.indents(formatted)), file: file)
      #expect(close(again) == close(formatted), "seed \(seed)")
    }
  }

  /// Every node in reading order.
  private func tree(_ text: String) throws -> [String] {
    func list(_ node: YAMLNode) -> [String] {
      if let entries = node.entries {
        return ["{"] + entries.flatMap { list($0.key) + list($0.value) } + ["}"]
      }
      if let items = node.items { return ["["] + items.flatMap(list) + ["]"] }
      return ["\(node.isPlain) \(node.text ?? "")"]
    }
    return list(try YAMLReader.read(text, file: "tree"))
  }

  /// No file here has ` #` in quotes.
  private func comments(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /(?:^|\s)(#.*?)\s*$/).map { String($0.1) }
    }
  }

  /// Comments behind something one space away: their columns depend on how the text was written.
  private func close(_ text: String) -> String { text.replacing(/(\S) +#/) { "\($0.1) #" } }
}

/// Writes a file with two spaces a level as somebody else would.
private struct Disorder {
  private var chance: Seeded

  init(seed: UInt64) { chance = Seeded(seed: seed) }

  /// A number below a limit.
  private mutating func next(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &chance) }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// Each block by a width of its own.
  mutating func indents(_ text: String) -> String {
    var widths: [Int] = []
    return lines(text).map { line in
      guard !line.isEmpty else { return "\n" }
      let depth = line.prefix { $0 == " " }.count / 2
      widths.removeLast(max(0, widths.count - depth))
      while widths.count < depth { widths.append(1 + next(5)) }
      return String(repeating: " ", count: widths.reduce(0, +)) + line.drop { $0 == " " } + "\n"
    }.joined()
  }

  /// Other numbers of spaces behind keys.
  mutating func gaps(_ text: String) -> String {
    lines(text).map { line in
      guard let match = line.firstMatch(of: /^( *[A-Za-z][^ #'"]*:) +(?=[^ #])/), next(2) == 0 else {
        return line + "\n"
      }
      return match.1 + String(repeating: " ", count: 1 + next(6)) + line[match.range.upperBound...] + "\n"
    }.joined()
  }

  mutating func blanks(_ text: String) -> String {
    lines(text).map { line in
      let blanks =
        next(5) == 0 ? (0...next(3)).map { _ in String(repeating: " ", count: next(4)) + "\n" } : []
      return blanks.joined() + line + String(repeating: " ", count: next(3)) + "\n"
    }.joined()
  }

  mutating func comments(_ text: String) -> String {
    lines(text).enumerated().map { number, line in
      switch next(8) {
      case 0: line + String(repeating: " ", count: 1 + next(12)) + "# behind \(number)\n"
      case 1: String(repeating: " ", count: next(9)) + "# before \(number)\n" + line + "\n"
      default: line + "\n"
      }
    }.joined()
  }
}
