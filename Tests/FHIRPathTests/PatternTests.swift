import Testing

@testable import FHIRPath

@Suite struct PatternTests {
  @Test(
    "The first match is the one that PCRE finds",
    arguments: [
      // Leftmost first, not longest.
      ("abc", "xx«abc»abc"), ("a|ab", "«a»b"), ("ab|a", "«ab»"), ("(?:a|ab)(?:c|bcd)", "«abcd»"),
      ("a|b|", "«»xb"), ("|a", "«»a"), ("", "«»abc"), ("b", "aå😀«b»"),
      // Quantifiers, greedy and lazy.
      ("a*", "«aaa»"), ("a*?", "«»aaa"), ("a+?", "«a»aa"), ("a??b", "«ab»"), ("a?", "«a»"),
      ("a{2}", "«aa»aa"), ("a{2,}", "«aaaa»"), ("a{2,3}", "«aaa»a"), ("a{2,3}?", "«aa»aa"),
      ("a{,2}", "«aa»a"),
      ("a{0}b", "a«b»"), ("x{y", "«x{y»"), ("x{1,y}", "«x{1,y}»"), ("<.+>", "«<a><b>»"),
      ("<.+?>", "«<a>»<b>"),
      ("(?:ab){2}c", "ab«ababc»"), ("a{0,0}", "«»a"), ("(?:a{2}){3}", "«aaaaaa»a"),
      // An iteration that reads nothing ends its loop.
      ("(?:|a)*", "«»aa"), ("(?:|a)+", "«»aa"), ("(?:a||b)+", "«a»b"), ("(?:a|b*)*", "«aabb»c"),
      ("(?:a*)*b", "«aab»"), ("(?:a?){3}", "«aaa»a"), ("(?:^)*a", "«a»"), ("(?:\\b|a)+", "«»a"),
      // Anchors.
      ("^a", "«a»a"), ("a$", "a«a»"), ("^$", "«»"), ("a$", "a\n«a»"), ("\\Aa\\z", "«a»"), ("a\\Z", "«a»\n"),
      ("a\\Z", "a«a»"), ("(?m)^b$", "a\n«b»\nc"), ("(?m)a$", "«a»\na"), ("(?m)^b", "a\n«b»"),
      ("\\bb", "ab «b»"), ("\\Bb", "b a«b»"), ("b\\b", "ba «b»"), ("a^|b", "a«b»"),
      // Single line mode.
      ("a.b", "«a\nb»"), ("(?-s)a.b", "a\nb «a b»"), ("(?-s).+", "«ab»\ncd"), ("(?s).+", "«ab\ncd»"),
      ("\\N+", "«ab»\ncd"),
      // Unicode.
      (".", "«å»"), (".{2}", "«😀å»b"), ("å+", "b«åå»a"), ("[à-ö]+", "xy«åäö»z"), ("[^a]", "a«å»"),
      ("\\p{L}+", "1«Åsaπ»2"), ("\\p{Lu}", "å«Å»"), ("\\P{L}+", "å«1 »å"), ("\\pN", "a«²»"),
      ("\\p{^L}", "å«1»"),
      ("\\p{Nd}+", "a«1٣»"), ("[\\p{Lu}\\d]+", "a«Å1»"), ("[^\\P{Lu}]", "å1«Å»"), ("\\p{Zs}", "a«\u{A0}»"),
      ("\\p{L&}", "ª«å»"), ("\\p{Sc}", "a«€»"), ("\\p{P}", "a«–»"), ("\\p{Any}", "«😀»"),
      // Classes.
      ("[abc]+", "x«cab»x"), ("[^abc]+", "a«xyz»a"), ("[]a]+", "x«]a»"), ("[^]a]+", "]«x»"),
      ("[a-]+", "b«-a»"),
      ("[-a]+", "b«a-»"), ("[a\\-z]+", "b«a-z»"), ("[\\]]", "«]»"), ("[\\d_]+", "a«1_»"),
      ("[\\W]+", "a«-å»1"),
      ("[[:alpha:]]+", "1«aZ»å"), ("[[:^digit:]]+", "1«a-»1"), ("[[:alpha:]\\d-]+", "«a-1»_"),
      ("[[a]+", "«[a»"),
      ("[a&&b]+", "«a&b»"), ("[\\b]", "a«\u{08}»"), ("[[:punct:]]+", "a«.[~»"),
      ("[\\x41-\\x{43}]+", "a«ABC»D"),
      ("[\\u00e5]", "a«å»"), ("[[:]+", "«[:»"), ("[.]", "a«.»"), ("[\\D\\d]", "«1»"), ("[^\\D\\d]?x", "1«x»"),
      // Escapes.
      ("\\d+", "a«12»٣"), ("\\D", "1«٣»"), ("\\w+", "«aB_1»å"), ("\\W", "a«å»"),
      ("\\s+", "a« \t\n\u{0B}\u{0C}\r»"),
      ("\\S", " «\u{A0}»"), ("\\h", "\n«\t»"), ("\\v", " «\n»"), ("\\H\\V", "\t«\na»"),
      ("\\n\\r\\t", "«\n\r\t»"),
      ("\\f\\e\\a\\0", "«\u{0C}\u{1B}\u{07}\0»"), ("\\0101", "«\u{08}1»"), ("\\x4a", "j«J»"),
      ("\\x{1F600}", "«😀»"),
      ("\\u00E5", "«å»"), ("\\cA", "«\u{01}»"), ("\\cj", "«\n»"), ("\\.\\*\\\\", "«.*\\»"), ("\\å", "«å»"),
      // Flags and comments.
      ("(?i)åb", "x«ÅB»"), ("a(?i)b", "«aB»"), ("a(?i:b)c", "aBC«aBc»"), ("(?:(?i)a)b", "aB«Ab»"),
      ("(?i)a(?-i)b", "aB«Ab»"), ("a(?i)b|c", "«C»"), ("(?i)[a-c]+", "«aBC»d"), ("(?i)[^a]", "Aa«b»"),
      ("(?i)s", "«ſ»"), ("(?i)[ſ]", "«s»"), ("(?i)k", "«\u{212A}»"), ("(?i)σ", "«ς»"), ("(?i)i", "ıİ«I»"),
      ("(?i)ß", "s«ẞ»"), ("(?i)[[:upper:]]", "1«a»"), ("(?i)\\p{Lu}", "a«A»"), ("(?i)[α-ω]+", "a«ΑΒ»"),
      ("(?x) a b # c\n c", "«abc»"), ("(?x) a + [ ]", "b«aa »"), ("(?x)a\\ b", "«a b»"), ("a(?#b)c", "«ac»"),
      ("(?im-s)^b.", "a\n«Bc»"), ("(?x: a )b", "«ab»"), ("(?x: a ) b", "ab «a b»"),
    ])
  func spans(pattern: String, marked: String) throws {
    #expect(try Pattern(pattern).marked(in: marked.unmarked) == marked)
  }

  @Test(
    "What has no match has none",
    arguments: [
      ("a", "b"), ("a", ""), ("^b", "ab"), ("^b", "a\nb"), ("a$", "a\n"), ("a\\z", "a\n"), ("a\\Z", "a\n\n"),
      ("[^\\D\\d]", "1aå"), ("(?i)i", "ıİ"), ("\\d", "٣"), ("a{3}", "aa"), ("(?m)^\\z", "a\n"),
      ("FHIR", "fhir"),
      ("\\bb", "ab"), ("a\\Bb\\b.", "ab"), ("$a", "a"), ("[^å]", "å"), ("(?-s)^.$", "\n"), ("a\\b_", "a_"),
    ])
  func nothing(pattern: String, text: String) throws {
    let pattern = try Pattern(pattern)
    #expect(pattern.marked(in: text) == nil)
    #expect(!pattern.occurs(text))
  }

  @Test(
    "Groups keep what PCRE keeps",
    arguments: [
      ("(a)(b)?", "a", ["a", "a", nil]), ("(a)|(b)", "b", ["b", nil, "b"]),
      ("((a)(b))", "ab", ["ab", "ab", "a", "b"]),
      ("(a|b)+", "ab", ["ab", "b"]), ("(?:(a)|b)+", "ab", ["ab", "a"]), ("(a*)+", "aa", ["aa", ""]),
      ("(a*)*", "b", ["", ""]), ("(a*)*", "aa", ["aa", ""]),
      ("(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]),
      ("(.*)(b*)", "abb", ["abb", "abb", ""]), ("(.*?)(b*)$", "abb", ["abb", "a", "bb"]),
      ("()b", "ab", ["b", ""]),
      ("(a){0}b", "ab", ["b", nil]), ("(a){2}", "aa", ["aa", "a"]), ("(a)?b", "b", ["b", nil]),
      ("(?<first>å)(?P<then>.)", "xåä", ["åä", "å", "ä"]), ("(?:a)(b)", "ab", ["ab", "b"]),
      ("(\\d{2})/(\\d{2})", "on 11/30", ["11/30", "11", "30"]),
    ])
  func groups(pattern: String, text: String, groups: [String?]) throws {
    #expect(try Pattern(pattern).groups(in: text) == groups)
  }

  @Test("Groups are counted and named")
  func names() throws {
    let pattern = try Pattern("(a)(?<day>b)(?:c)(?P<year_2>d)")
    #expect(pattern.groupCount == 3)
    #expect(pattern.groupNames == ["day": 2, "year_2": 3])
  }

  @Test("A search goes on where it is told, and sees what stands before")
  func searchFrom() throws {
    #expect(try Pattern("a").marked(in: "aåa", from: 1) == "aå«a»")
    #expect(try Pattern("^a").marked(in: "aa", from: 1) == nil)
    #expect(try Pattern("\\ba|b").marked(in: "aab", from: 1) == "aa«b»")
    #expect(try Pattern("a*").marked(in: "ab", from: 2) == "ab«»")
  }

  @Test("A search tells how far it has read")
  func readBytes() throws {
    func end(_ pattern: String, _ text: String) throws -> Int {
      let pattern = try Pattern(pattern)
      return text.withBytes { pattern.search($0, from: 0).end }
    }
    #expect(try end("^b", "aaaa") < 2)
    #expect(try end("a*b|a", "aaaa") == 4)
    #expect(try end("b", "aaaa") == 4)
    #expect(try end("a", "aaaa") < 3)
  }

  @Test(
    "A whole match takes all of the text, whatever is preferred",
    arguments: [
      ("a|ab", "ab", true), ("a*?", "aaa", true), ("a|ab", "abc", false), ("", "", true), ("", "a", false),
      ("a", "ba", false), ("^a$", "a", true), (".*Library.*", "FHIR/Library/x", true),
      ("Library", "a Library", false),
      ("a+", "aaå", false), ("a", "a\n", false), ("(?:a|b)*", "abba", true), ("N[0-9]{8}", "N80001231", true),
      ("N[0-9]{8}", "N8000123123", false), ("x*", "", true), ("å", "å", true),
    ])
  func whole(pattern: String, text: String, isMatch: Bool) throws {
    let pattern = try Pattern(pattern)
    #expect(text.withBytes(pattern.matchesWhole) == isMatch)
  }

  @Test("Bytes that are no UTF-8 are read one by one, and none beyond the end")
  func brokenText() throws {
    func length(_ pattern: String, _ bytes: [UInt8]) throws -> Int? {
      let pattern = try Pattern(pattern)
      return bytes.withUnsafeBufferPointer { pattern.firstMatch(in: $0, from: 0)?.first??.count }
    }
    #expect(try length(".*", [0xE2, 0x82]) == 2)
    #expect(try length("^\\x{FFFD}{3}$", [0x80, 0xF5, 0xC3]) == 3)
    #expect(try length("a.b", [0x61, 0xF0, 0x62, 0x62]) == 3)
  }
}

extension PatternTests {
  private static let repeatable = PatternFault.Problem.expected("something to repeat before the quantifier")
  private static let lookAround = PatternFault.Problem.unsupported("a look around")
  private static let backReference = PatternFault.Problem.unsupported("a back reference")
  private static let recursion = PatternFault.Problem.unsupported("a recursion")
  private static let category = PatternFault.Problem.expected(
    "a general category of Unicode such as `L` or `Lu`")

  @Test(
    "What can't be read is refused at its place",
    arguments: [
      ("a‸)", .expected("a `(` before this `)`")), ("(a‸", .expected("a `)`")),
      ("(å|(b)‸", .expected("a `)`")),
      ("a(?#b‸", .expected("a `)`")), ("‸*a", repeatable), ("a|‸+", repeatable), ("(‸*a)", repeatable),
      ("‸{2}", repeatable), ("a*‸*", .expected("one quantifier; `(?:…)` holds another")),
      ("a{2}‸{3}", .expected("one quantifier; `(?:…)` holds another")),
      ("å‸{3,2}", .expected("the smaller number first")), ("a‸{70000}", .tooLarge),
      ("a‸{99999999999999999999}", .tooLarge),
      ("a*‸+", .unsupported("a possessive quantifier")), ("a{2}‸+", .unsupported("a possessive quantifier")),
      ("(?‸=a)", lookAround), ("(?‸!a)", lookAround), ("(?‸<=a)", lookAround), ("(?‸<!a)", lookAround),
      ("(?‸>a)", .unsupported("an atomic group")), ("(?‸(1)a)", .unsupported("a condition")),
      ("(?‸|a)", .unsupported("a branch reset")), ("(a)‸\\1", backReference),
      ("(?<n>a)‸\\k<n>", backReference),
      ("(?‸P=n)", backReference), ("‸\\g{1}", backReference), ("[‸\\1]", backReference),
      ("(?‸R)", recursion), ("(?‸1)", recursion), ("(?‸&n)", recursion), ("(?‸P>n)", recursion),
      ("(?‸q)", .expected("one of `:`, `<name>` and the flags `i`, `m`, `s`, `x`")),
      ("(?i‸", .expected("one of `:`, `<name>` and the flags `i`, `m`, `s`, `x`")),
      ("(?<‸1>a)", .expected("a group's name of letters, digits and `_`")),
      ("(?<a‸-b>a)", .expected("a `>` after the group's name")),
      ("(?<n>a)(?<‸n>b)", .expected("another name; `n` is taken")),
      ("‸[a", .expected("a `]` for this `[`")), ("a‸[]", .expected("a `]` for this `[`")),
      ("[b-‸a]", .expected("the range's smaller character first")),
      ("[a-‸\\d]", .expected("a character after the range's `-`")),
      ("[\\d‸-z]", .expected("a character before the range's `-`")),
      ("[‸[:nope:]]", .expected("the name of a POSIX class")),
      ("[‸[=a=]]", .unsupported("a collating element")),
      ("a\\‸", .expected("a character after `\\`")), ("a‸\\y", .expected("a known escape")),
      ("‸\\K", .unsupported("the escape `\\K`")), ("‸\\R", .unsupported("the escape `\\R`")),
      ("[‸\\B]", .expected("a known escape")),
      ("‸\\xg", .expected("a character's code")), ("‸\\x{110000}", .expected("a character's code")),
      ("‸\\x{D800}", .expected("a character's code")),
      ("\\x{41‸", .expected("a `}` after the character's code")),
      ("\\u123‸", .expected("four hexadecimal digits after `\\u`")),
      ("\\c‸å", .expected("an ASCII character after `\\c`")),
      ("\\p‸{Latin}", category), ("\\p‸q", category), ("\\p‸{L", .expected("a general category")),
    ] as [(String, PatternFault.Problem)])
  func refusals(marked: String, problem: PatternFault.Problem) {
    #expect(fault(of: marked) == PatternFault(problem: problem, position: marked.place(of: "‸")))
  }
}

extension PatternTests {
  @Test(
    "What would make too large a program is refused",
    arguments: [
      "(a{1000}){1000}", "(?:(?:(?:(?:a{50}){50}){50}){50}){50}", "((a{100}){100}|b){2,}",
      "(?:\\b{1000}){1000}",
      "(?:a?){60000}", "(?:(?:a?){300}){0,300}", "(?:(?:a*){200}){200}",
    ])
  func tooLarge(pattern: String) {
    #expect(fault(of: pattern)?.problem == .tooLarge)
  }

  @Test("What is too deep or has too many groups is refused")
  func tooDeep() {
    func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    #expect(
      fault(of: repeated("(?:", 101) + repeated(")", 101)) == PatternFault(problem: .tooLarge, position: 303))
    #expect(fault(of: repeated("(a)", 100)) == PatternFault(problem: .tooLarge, position: 297))
    #expect(fault(of: repeated("(?:", 100_000))?.problem == .tooLarge)
    #expect(fault(of: repeated("ab", 6_000))?.problem == .tooLarge)
  }

  @Test("What makes nothing costs nothing")
  func small() throws {
    #expect(try Pattern("(?:(?:(?:(?:){60000}){60000}){60000}|a{0}|(?i))*").cost == 1)
    #expect(try Pattern("abc").cost == 4)
    #expect(try Pattern("(?:abc|xbc)").cost == 6)
    let nested = String(repeating: "(", count: 40) + "a*" + String(repeating: ")*", count: 40)
    #expect(try Pattern(nested).cost < 6_000)
  }

  @Test(
    "Hostile patterns come to an answer on long texts",
    arguments: [
      ("(a*)*b", false), ("(a|aa)+$", true), ("(a|aa)+b", false), ("(a+)+b", false),
      ("(?:a?){200}a{200}b", false),
      ("(.*)(.*)(.*)(.*)x", false), ("((a*)*)*b", false), ("^(([a-z])+.)+[A-Z]([a-z])+$", false),
      ("(?:a{1,30}){1,30}b", false), ("(?:(?:|a)+|b)*c", false), ("(a|b|ab)*bc", false), (".*.*=.*", false),
    ])
  func hostile(pattern: String, isMatch: Bool) throws {
    let (pattern, text) = (try Pattern(pattern), String(repeating: "a", count: 100_000))
    #expect(pattern.occurs(text) == isMatch)
    #expect(text.withBytes(pattern.matchesWhole) == isMatch)
  }

  @Test("A hostile pattern's groups are found in a long text")
  func hostileGroups() throws {
    let text = String(repeating: "a", count: 100_000)
    #expect(try Pattern("((a|aa)+)$").groups(in: text) == [text, text, "a"])
    #expect(try Pattern("(a*)*b").groups(in: text) == nil)
  }
}

extension PatternTests {
  @Test(
    "A substitution takes groups by number and by name",
    arguments: [
      ("(a)(b)", "ab", "$2$1", "ba"), ("(?<x>a)(?<y_1>b)", "ab", "${y_1}-${x}", "b-a"),
      ("a", "a", "[$0]", "[a]"),
      ("(a)", "a", "${1}0${0}", "a0a"), ("(a)", "a", "$12", "a2"), ("(a)|(b)", "a", "<$2>", "<>"),
      ("a", "a", "\\$1", "$1"), ("a", "a", "$$1", "$1"), ("a", "a", "$$$$", "$$"),
      ("(å)", "å", "\\\\$1", "\\å"),
      ("a", "a", "C:\\temp\\", "C:\\temp\\"), ("a", "a", "", ""), ("a", "a", "é{1}", "é{1}"),
      ("(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", "abcdefghij", "$10$1$100", "jaj0"),
    ])
  func substitution(pattern: String, text: String, template: String, result: String) throws {
    let pattern = try Pattern(pattern)
    let substitution = try Substitution(template, for: pattern)
    let bytes = try text.withBytes { bytes in
      var bytesOut = Array("→".utf8)
      substitution.append(try #require(pattern.firstMatch(in: bytes, from: 0)), of: bytes, to: &bytesOut)
      return bytesOut
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "→" + result)
  }

  @Test(
    "A substitution's reference to no group is refused at its place",
    arguments: ["å‸$", "‸$x", "$0‸$2", "a‸${nope}", "‸${2}", "‸${-1}", "‸${}", "${1‸"])
  func wrongReference(marked: String) throws {
    let pattern = try Pattern("(?<n>a)")
    let fault = #expect(throws: PatternFault.self) { try Substitution(marked.without("‸"), for: pattern) }
    #expect(fault?.position == marked.place(of: "‸"))
  }
}

extension PatternTests {
  @Test("Random patterns match as in Swift's own regular expressions", arguments: 0..<12)
  func agreement(seed: Int) throws {
    var random = RandomPatterns(seed: UInt64(seed))
    for _ in 0..<60 {
      let source = random.pattern(depth: 1 + seed % 3)
      let (pattern, model) = (try Pattern(source), try Regex(source).asInFHIRPath)
      for _ in 0..<4 {
        let text = random.text(for: source)
        let expected = try model.firstMatch(in: text)?.output.map { $0.substring.map(String.init) }
        #expect(pattern.groups(in: text) == expected, "\(source) in \(text.debugDescription)")
        #expect(pattern.occurs(text) == (expected != nil), "\(source) in \(text.debugDescription)")
        let isWhole = try model.wholeMatch(in: text) != nil
        #expect(text.withBytes(pattern.matchesWhole) == isWhole, "\(source) in \(text.debugDescription)")
      }
    }
  }
}

/// Small patterns, and texts that they are likely to match.
private struct RandomPatterns {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Swift 6.3 takes no digit for a word character at `\\b`.
  mutating func text(for pattern: String) -> String {
    let hasBoundary = pattern.contains("\\b") || pattern.contains("\\B")
    let characters = ["a", "b", "c", "å", " ", hasBoundary ? "c" : "1"]
    return (0..<below(8)).map { _ in pick(characters) }.joined()
  }

  mutating func pattern(depth: Int) -> String {
    (0...below(3)).map { _ in sequence(depth) }.joined(separator: "|")
  }

  private mutating func sequence(_ depth: Int) -> String {
    (0..<1 + below(3)).map { _ in repeated(depth) }.joined()
  }

  private mutating func repeated(_ depth: Int) -> String {
    let (atom, isAssertion) = atom(depth)
    guard !isAssertion, below(3) == 0 else { return atom }
    return atom + pick(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}"]) + pick(["", "", "?"])
  }

  private mutating func atom(_ depth: Int) -> (String, isAssertion: Bool) {
    switch below(depth > 0 ? 10 : 7) {
    case 0: (pick(["^", "$", "\\b", "\\B"]), true)
    case 1: (pick([".", "[ab]", "[^a]", "[a-c1]", "\\d", "\\w", "\\W", "\\p{L}", "(?i:A)", "[^\\d]"]), false)
    case 2...6: (pick(["a", "b", "c", "å"]), false)
    case 7: ("(?:" + pattern(depth: depth - 1) + ")", false)
    default: ("(" + pattern(depth: depth - 1) + ")", false)
    }
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  /// Marsaglia's xorshift64*.
  private mutating func below(_ limit: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % limit
  }
}

extension Regex {
  fileprivate var asInFHIRPath: Regex {
    matchingSemantics(.unicodeScalar).dotMatchesNewlines().asciiOnlyCharacterClasses().wordBoundaryKind(
      .simple)
  }
}

private func fault(of marked: String) -> PatternFault? {
  #expect(throws: PatternFault.self) { try Pattern(marked.without("‸")) }
}

extension Pattern {
  fileprivate func occurs(_ text: String) -> Bool { text.withBytes(occurs) }

  /// What the groups have in the first match.
  fileprivate func groups(in text: String) -> [String?]? {
    text.withBytes { bytes in
      firstMatch(in: bytes, from: 0)?.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } }
    }
  }

  /// A text with marks around the first match.
  fileprivate func marked(in text: String, from: Int = 0) -> String? {
    text.withBytes { bytes in
      guard let span = firstMatch(in: bytes, from: from)?[0] else { return nil }
      let parts = [bytes[..<span.lowerBound], bytes[span], bytes[span.upperBound...]]
      let texts = parts.map { String(decoding: $0, as: UTF8.self) }
      return texts[0] + "«" + texts[1] + "»" + texts[2]
    }
  }
}

extension String {
  fileprivate func without(_ mark: Unicode.Scalar) -> String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0 != mark }))
  }

  fileprivate var unmarked: String { without("«").without("»") }

  /// How many scalars stand before a mark.
  fileprivate func place(of mark: Unicode.Scalar) -> Int {
    unicodeScalars.prefix { $0 != mark }.count
  }

  fileprivate func withBytes<Answer>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Answer
  ) rethrows -> Answer {
    try Array(utf8).withUnsafeBufferPointer(body)
  }
}
