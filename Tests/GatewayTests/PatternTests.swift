import Diagnostics
import Foundation
import Gateway
import Mapping
import Testing

/// Values that a regular expression describes.
struct PatternTests {
  /// Whether a shape with such a type takes a document with such a value.
  private func takes(_ value: String, _ pattern: String) throws -> Bool {
    let library = try MappingLibrary([
      ConfigurationFile(
        path: "p.shape.yaml", name: "p",
        text: "shape: p\nformat: json\nfields:\n  id: 'pattern(\(pattern.replacing("'", with: "''")))'\n"),
      ConfigurationFile(
        path: "hub/Event.shape.yaml", name: "hub/Event",
        text: "shape: hub/Event\nformat: json\nfields: {resourceType: = Event, id: text}\n"),
      ConfigurationFile(
        path: "p.map.yaml", name: "p",
        text: "mapping: p\nhub: {event: Event}\nboth:\n  id: event.id\n"),
    ])
    let document = try JSONSerialization.data(withJSONObject: ["id": value])
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    do {
      try Translator(library).check(
        Array(document), as: try library.mapping("p"), named: "p", receipt: receipt)
      return true
    } catch let error as DiagnosticError where error.diagnostics.map(\.code) == [.invalidValue] {
      return false
    }
  }

  /// Patterns of the RIV-TA schemas and others: what each allows and what not.
  static let samples: [(pattern: String, allowed: [String], refused: [String])] = [
    (
      "[0-9]{8}[0-9pPtTfF][0-9]{3}", ["191212121212", "19121212T123"],
      ["19121212X123", "1912", "1912121212123"]
    ),
    ("[0-9]{8}[0-9A-Zptf]{4}", ["191212121212", "19121212ABCD"], ["19121212abcd"]),
    (#"\+\d+-\d+"#, ["+46-70", "+1-2"], ["46-70", "+46-", "+46-70x"]),
    ("(19|20)[0-9]{2}", ["1999", "2026"], ["1899", "199"]),
    ("a|bc*|(de)+", ["a", "b", "bccc", "dede"], ["ab", "ded", "c"]),
    ("x{2,}", ["xx", "xxxxxxxx"], ["x", "xxy"]),
    ("x{0,2}y?z", ["z", "xxz", "xyz"], ["xxxz", "yyz"]),
    (#"[^\s,]+"#, ["å-ö", "日本"], ["a b", "a,b"]),
    ("[A-ZÅÄÖ]{2}", ["ÅÖ", "AZ"], ["åö", "ÅÖÄ"]),
    (#"\(\.\)[\-\]]"#, ["(.)-", "(.)]"], ["(a)-", "(.)a"]),
    (".{3}", ["日本😀", "a b"], ["ab", "abcd"]),
    ("(a*)*b", ["b", "aaab"], ["aaaa", String(repeating: "a", count: 2000)]),
  ]

  @Test("A value is taken as a whole or not at all", arguments: samples.indices)
  func matches(_ index: Int) throws {
    let sample = Self.samples[index]
    for text in sample.allowed { #expect(try takes(text, sample.pattern), "\(text) by \(sample.pattern)") }
    for text in sample.refused { #expect(try !takes(text, sample.pattern), "\(text) by \(sample.pattern)") }
  }

  @Test(
    "What is no pattern, and what is not followed, is no type",
    arguments: ["[0-9", "(a", "a)", "*a", "a{2,1}", #"(a)\1"#, "(?=a)", ""])
  func refused(_ pattern: String) {
    #expect(throws: DiagnosticError.self) { try takes("a", pattern) }
  }
}
