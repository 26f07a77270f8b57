/// A regular expression of FHIRPath's `matches`, `matchesFull` and `replaceMatches` (section 5.6).
///
/// Has PCRE's syntax and prefers the matches that PCRE prefers, in single line mode, without what needs going
/// back in the text: so a search takes time in proportion to the text, whatever the pattern. `\d`, `\w`, `\s`
/// and `\b` know ASCII only, as PCRE's do by default; `\p{…}` knows all of Unicode. Text is UTF-8.
struct Pattern: Sendable {
  /// How many groups a pattern may have; each is kept for each thread.
  static let groupLimit = 99

  let program: PatternProgram
  let starts: PatternStarts
  /// Groups `(…)`, without the whole match.
  let groupCount: Int
  /// The numbers of groups `(?<name>…)`.
  let groupNames: [String: Int]

  /// The most states that a character of text is read in.
  var cost: Int { program.instructions.count }

  init(_ text: String) throws(PatternFault) {
    var parser = PatternParser(text)
    program = try PatternCompiler.compile(try parser.parse())
    starts = PatternStarts(program)
    groupCount = parser.groupCount
    groupNames = parser.groupNames
  }

  /// Where a search has come to, and what it has found.
  struct Search {
    /// The byte ranges of the match and of its groups; nil for groups that took no part.
    let match: [Range<Int>?]?
    /// The byte up to which the text was read, perhaps beyond the match: what the search has cost.
    let end: Int
  }

  /// The first match at or after a byte, which begins a character.
  func search(_ text: UnsafeBufferPointer<UInt8>, from: Int) -> Search {
    PatternMachine.run(self, over: text, from: from, for: .groups) { machine in
      Search(match: machine.hasFound ? ranges(machine.found) : nil, end: machine.place)
    }
  }

  /// The match of `search`.
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from: Int) -> [Range<Int>?]? {
    search(text, from: from).match
  }

  /// Whether there is a match somewhere, as `matches` asks.
  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    PatternMachine.run(self, over: text, from: 0, for: .anywhere) { $0.hasFound }
  }

  /// Whether the whole text is a match, as `matchesFull` asks.
  func matchesWhole(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    PatternMachine.run(self, over: text, from: 0, for: .whole) { $0.hasFound }
  }

  private func ranges(_ slots: UnsafeMutableBufferPointer<Int>) -> [Range<Int>?] {
    (0...groupCount).map { group in
      let (start, end) = (slots[2 * group], slots[2 * group + 1])
      return start >= 0 && end >= start ? start..<end : nil
    }
  }
}
