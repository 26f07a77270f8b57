import Diagnostics
import Testing

/// A mistake is told when the mapping is checked, not when a patient's document meets it.
struct WrongMappingTests {
  @Test(
    "A mistake is told at its line, and nothing else is", arguments: WrongMapping.all,
    TrialMapping.Writing.allCases)
  func told(_ wrong: WrongMapping, _ writing: TrialMapping.Writing) throws {
    let trial = TrialMapping(writing, fields: wrong.fields, mapping: wrong.mapping, tables: wrong.tables)
    let errors = try trial.complaints().filter { $0.severity == .error }
    #expect(Set(errors.map(\.code)) == [wrong.code], "\(TerminalRenderer().render(errors))")
    let lines = errors.flatMap { [$0.place] + $0.labels.map(\.place) }.map { trial.line($0) }
    #expect(lines.contains { $0.contains(wrong.place) }, "\(lines)")
  }
}
