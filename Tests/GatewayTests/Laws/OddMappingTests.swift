import Diagnostics
import Mapping
import Testing

/// The laws are not stricter than they say.
struct OddMappingTests {
  @Test(
    "What is right passes, and its lines are reached", arguments: OddMapping.all,
    TrialMapping.Writing.allCases)
  func passes(_ odd: OddMapping, _ writing: TrialMapping.Writing) throws {
    let trial = TrialMapping(writing, fields: odd.fields, mapping: odd.mapping, tables: odd.tables)
    for seed in 1...2 as ClosedRange<UInt64> {
      let report = try trial.laws(runs: 100, seed: seed)
      #expect(report.diagnostics.isEmpty, "\(TerminalRenderer().render(report.diagnostics))")
      for law in Law.allCases {
        let (proven, made) = (report.proven[law, default: 0], report.made[law, default: 0])
        #expect(proven * 5 > made, "\(law): \(proven) of \(made), \(report.mostFrequentRefusal(law) ?? "")")
      }
    }
  }
}
