import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// What `sluss check --laws` tells, and of what.
struct LawReportTests {
  /// A mapping that a condition spoils: diagnoses without a text do not come back.
  private static let spoiled = """
    hub: {patient: Patient}
    both:
      id: patient.identifier[first].value
      diagnoses*:
        each: Condition diagnosis where subject = patient
        when:
          in: = code.exists()
          out: = diagnosis.code.text.exists()
        both:
          code: diagnosis.code.coding[icd-10-se].code
          text: diagnosis.code.text
    """
  private static let fields = """
      id: string
      other?: string
      diagnoses*:
        code: code
        text?: string
        amount?: decimal
    """

  @Test(
    "The repository's own mappings keep the laws, and most of their lines are reached", arguments: [1, 2])
  func repository(seed: UInt64) throws {
    let study = try MappingFolder.study(RepositoryFolder.path + "/Mappings")
    var unreached: [String: Int] = [:]
    for mapping in study.library.mappings.values {
      let report = study.laws(of: mapping, runs: 200, seed: seed)
      let errors = report.diagnostics.filter { $0.severity == .error }
      #expect(errors.isEmpty, "\(TerminalRenderer().render(errors))")
      unreached[mapping.name] = report.diagnostics.count { $0.code == .lineNeverReached }
    }
    // A claim is so deep, and its codes are so few, that documents by chance seldom get to its leaves: cases do.
    unreached["claims/claim"] = nil
    #expect(unreached.values.reduce(0, +) < 20, "\(unreached.filter { $0.value > 0 })")
  }

  @Test("The same seed tells the same, another seed makes other documents")
  func seeds() throws {
    let trial = TrialMapping(.json, fields: Self.fields, mapping: Self.spoiled)
    let told = { seed in TerminalRenderer().render(try trial.laws(seed: seed).diagnostics) }
    for seed in 1...5 as ClosedRange<UInt64> { #expect(try told(seed) == told(seed)) }
    let counts = { seed in try trial.laws(seed: seed).proven }
    #expect(try Set((1...8 as ClosedRange<UInt64>).map { try counts($0) }).count > 1)
  }

  @Test("A failing document is the smallest, whatever the seed", arguments: TrialMapping.Writing.allCases)
  func shrunk(_ writing: TrialMapping.Writing) throws {
    let trial = TrialMapping(writing, fields: Self.fields, mapping: Self.spoiled)
    for seed in 1...3 as ClosedRange<UInt64> {
      let document = try #require(try Self.shown(trial.laws(seed: seed)))
      let words = document.replacing(#/[\s{}\[\],:"<>/]+/#, with: " ").split(separator: " ")
      let values = words.filter { !["id", "diagnoses", "code", "a", "Visit", "?xml"].contains($0) }
      #expect(values.contains("x") && values.count { $0 == "x" } == 2, "\(document)")
      #expect(!document.contains("text") && !document.contains("other") && !document.contains("amount"))
    }
  }

  @Test("A shrunk document is still one that the shape allows", arguments: TrialMapping.Writing.allCases)
  func valid(_ writing: TrialMapping.Writing) throws {
    let trial = TrialMapping(writing, fields: Self.fields, mapping: Self.spoiled)
    let library = try trial.study().library
    let translator = Translator(library)
    for seed in 1...3 as ClosedRange<UInt64> {
      let document = try #require(try Self.shown(trial.laws(seed: seed)))
      let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
      try translator.read(
        Array(document.utf8), as: try library.mapping("a/visit"), named: "shrunk", receipt: receipt)
      let back = try translator.write(as: try library.mapping("a/visit"))
      #expect(!String(decoding: back, as: UTF8.self).contains("diagnoses"), "it shows what it is shown for")
    }
  }

  private static func shown(_ report: LawReport) throws -> String? {
    guard case .lawBroken(_, _, _, _, let document)? = report.diagnostics.first?.problem else { return nil }
    return document
  }
}
