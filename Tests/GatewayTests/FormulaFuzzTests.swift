import FHIRPath
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Random and mutated expressions about random and mutated documents: each is answered or refused, and soon.
///
/// `SLUSS_FUZZ=1000000 swift test -c release --filter FormulaFuzz` runs that many; `SLUSS_SEED` chooses others.
@Suite("Formulas under fire")
struct FormulaFuzzTests {
  private static func setting(_ name: String, or standard: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? standard
  }

  @Test("No expression and no document crashes or hangs the evaluator")
  func everything() throws {
    let library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    var expressions = ExpressionSource(seed: Self.setting("SLUSS_SEED", or: 20_261_121))
    let count = Self.setting("SLUSS_FUZZ", or: 6_000)
    var (answered, refused) = (0, 0)
    var document: FormulaDocument?
    for round in 0..<count {
      if round % 50 == 0 { document = Self.document(&expressions, library) ?? document }
      guard let document else { continue }
      let text = expressions.next()
      do {
        _ = try document.count(try document.formula(text))
        answered += 1
      } catch {
        refused += 1
      }
    }
    #expect(answered > count / 20, "\(answered) answered, \(refused) refused: too few say anything")
    #expect(refused > count / 20, "\(answered) answered, \(refused) refused: too few are wrong")
  }

  private static let documents = ["Observation", "Patient", "Bundle"].map { type in
    #"{"resourceType":"\#(type)","id":"x","status":"final","code":{"coding":[{"system":"s","code":"c"}]},"#
      + #""name":[{"given":["Åsa",null],"_given":[null,{"extension":[{"url":"u","valueCode":"q"}]}],"family":"F"}],"#
      + #""birthDate":"1990-05","valueQuantity":{"value":1.50,"code":"mg","system":"http://unitsofmeasure.org"},"#
      + #""entry":[{"fullUrl":"urn:x","resource":{"resourceType":"Patient","id":"p","active":true}}],"#
      + ##""contained":[{"resourceType":"Patient","id":"c"}],"subject":{"reference":"#c"},"multipleBirthInteger":2}"##
  }

  /// One of the documents with some bytes changed; `nil` when it can't be read any more.
  private static func document(_ source: inout ExpressionSource, _ library: MappingLibrary)
    -> FormulaDocument?
  {
    var bytes = Array(documents[source.below(documents.count)].utf8)
    for _ in 0..<source.below(4) { bytes[source.below(bytes.count)] = UInt8(32 + source.below(95)) }
    return try? FormulaDocument(bytes, named: "fuzz", now: "2026-11-21T10:15:00.000+01:00", library: library)
  }
}

/// Makes expressions: by the grammar, and by cutting and joining others.
private struct ExpressionSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }

  private mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

  mutating func next() -> String {
    var text = below(3) > 0 ? expression(depth: below(5)) : pick(Self.seeds)
    if below(3) == 0 { text = mutated(text) }
    return text
  }

  private mutating func mutated(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0...below(3) where !scalars.isEmpty {
      let at = below(scalars.count)
      switch below(4) {
      case 0: scalars.remove(at: at)
      case 1: scalars.insert(contentsOf: pick(Self.pieces).unicodeScalars, at: at)
      case 2: scalars = Array(scalars[..<at]) + Array(pick(Self.seeds).unicodeScalars)
      default: scalars[at] = Unicode.Scalar(UInt8(32 + below(95)))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func expression(depth: Int) -> String {
    guard depth > 0 else { return pick(Self.terms) }
    switch below(6) {
    case 0: return "\(expression(depth: depth - 1)) \(pick(Self.operators)) \(expression(depth: depth - 1))"
    case 1: return "(\(expression(depth: depth - 1)))"
    case 2: return "\(expression(depth: depth - 1))[\(expression(depth: 0))]"
    case 3: return "\(expression(depth: depth - 1)).\(pick(Self.members))"
    default: return "\(expression(depth: depth - 1)).\(call(depth: depth - 1))"
    }
  }

  private mutating func call(depth: Int) -> String {
    let name = pick(Self.functions)
    var arguments: [String] = []
    for _ in 0..<below(3) { arguments.append(expression(depth: depth)) }
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }

  private static let terms = [
    "1", "0", "-1", "2.50", "9223372036854775807", "0.00000001", "'a'", "''", "'1 day'", "'åäö'", "true",
    "false", "{}",
    "$this", "$index", "$total", "@2026", "@2026-02-29", "@2024-02-29", "@2026-11-21T10:15:00.123+01:00",
    "@T10:15",
    "1 year", "3 days", "1.5 'mg'", "2 '[lb_av]'", "1 'x'", "%context", "%received", "name", "id", "value",
    "code",
    "(1 | 2 | 3)", "('a' | 'b')", "Patient", "now()", "'(a|b)*c'",
  ]
  private static let members = [
    "name", "given", "family", "birthDate", "value", "code", "coding", "entry", "resource", "id", "extension",
    "subject",
  ]
  private static let operators = [
    "+", "-", "*", "/", "div", "mod", "&", "|", "=", "!=", "~", "!~", "<", "<=", ">", ">=", "and", "or",
    "xor", "implies",
    "in", "contains", "is", "as",
  ]
  private static let functions = [
    "exists", "empty", "not", "count", "first", "last", "tail", "skip", "take", "single", "where", "select",
    "all", "iif",
    "repeat", "aggregate", "sort", "distinct", "union", "combine", "intersect", "exclude", "subsetOf", "is",
    "as",
    "ofType", "type", "toString", "toInteger", "toDecimal", "toDate", "toDateTime", "toTime", "toQuantity",
    "toBoolean",
    "convertsToQuantity", "length", "substring", "indexOf", "replace", "matches", "replaceMatches", "split",
    "join",
    "toChars", "encode", "decode", "escape", "unescape", "abs", "ceiling", "exp", "floor", "ln", "log",
    "power", "round",
    "sqrt", "truncate", "children", "descendants", "trace", "lowBoundary", "highBoundary", "precision",
    "comparable",
    "extension", "hasValue", "getValue", "resolve", "upper", "lower", "trim", "lastIndexOf",
  ]
  private static let pieces = [
    "(", ")", "[", "]", "{", "}", "'", "`", "@", "%", "$", ".", "..", "\\", "//", "/*", "9999999999999999999",
    "e9", "\u{0}",
    "😀", "is ", " as ", "((((((((((", "@T", "@2026-13", "1000000000000 years",
  ]
  private static let seeds = [
    "name.given.first() & ' ' & name.family", "descendants().where($this is code).count()",
    "repeat(children()).select(id).distinct()", "(1 | 2 | 3).aggregate($this + $total, 0)",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')", "1.repeat($this + 1)",
    "(1 | 2 | 3 | 4).select((1 | 2 | 3 | 4).select((1 | 2 | 3 | 4).select($this * $index)))",
    "birthDate + 1000000 years - 3 months", "@0001-01-01 - 1 day", "@9999-12-31 + 1 day",
    "value > 1 'g' or value ~ 0.0015 'g'", "subject.resolve().id", "entry.resource.ofType(Patient).active",
    "9223372036854775807 * 9223372036854775807", "(-9223372036854775807 - 1).abs()", "2.power(1000)",
    "1e308.exp()",
    "'x'.replace('', 'yyyyyyyyyyyyyyyyyyyyyyyy').replace('', 'z').length()",
    "name.sort(-family, given.first())",
    "iif(true, iif(true, iif(true, 1)))", "-----1", "not not true", "'\\u00e5' = 'å'", "1.lowBoundary(38)",
  ]
}
