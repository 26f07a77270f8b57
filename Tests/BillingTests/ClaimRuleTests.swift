import Billing
import Diagnostics
import Foundation
import TestRig
import Testing

/// The contract's rules ÖR1 to ÖR52 (ProcessClaimSpecification 1.1).
struct ClaimRuleTests {
  private static let today = CalendarDay("2026-11-21")
  private static let valid = [
    "accepted-looking": "everything", "open": "digital-visit", "inpatient": "inpatient", "credit": "credit",
    "two": "two-patients", "free": "free-card", "asylum": "asylum-seeker",
  ]

  private func rules(_ xml: String) throws -> Set<String> {
    let today = try #require(Self.today)
    let diagnostics = try ClaimRules.check(Array(xml.utf8), named: "claim.xml", today: today)
    return Set(diagnostics.map { String($0.problem.wording.title.prefix { $0 != ":" }) })
  }

  @Test("Valid claims keep all rules", arguments: valid.values.sorted())
  func kept(_ name: String) throws {
    #expect(try rules(try ClaimMutation.base(name)) == [])
  }

  @Test("There is a broken claim for each rule but ÖR7, of which nothing is checked anywhere")
  func complete() {
    #expect(Set(ClaimMutation.all.map(\.rule)) == Set(1...52).subtracting([7]))
  }

  @Test("A broken rule is told by its number", arguments: ClaimMutation.all)
  func broken(_ mutation: ClaimMutation) throws {
    // ÖR6 and ÖR32 are ÖR28 and ÖR39 under other numbers.
    let told = Set([6, 32].contains(mutation.rule) ? [] : [mutation.rule]).union(mutation.also)
    #expect(try rules(try mutation.xml()) == Set(told.map { "ÖR\($0)" }))
  }

  @Test(
    "The official Schematron says the same of every claim",
    .enabled(if: SharedFolder.path != nil && Python.has("saxonche"), "needs the shared folder and saxonche"))
  func official() throws {
    let folder = try TemporaryFolder()
    var expected: [String: Set<String>] = [:]
    for (index, mutation) in ClaimMutation.all.enumerated() {
      // It compares with the clock's day, not with ours.
      let file = "\(folder.path)/\(index).xml"
      try mutation.xml().write(toFile: file, atomically: true, encoding: .utf8)
      expected[file] = try rules(try mutation.xml())
    }
    for name in Self.valid.values {
      let file = "\(folder.path)/\(name).xml"
      try ClaimMutation.base(name).write(toFile: file, atomically: true, encoding: .utf8)
      expected[file] = []
    }
    let told = try Schematron.claims(expected.keys.sorted())
    for (file, rules) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(told[file, default: []] == rules, "\(file)")
    }
  }

  @Test("Numbers of lines must ascend, which the official rule only promises")
  func descending() throws {
    let claim = try ClaimMutation.base("two-patients")
    let swapped = claim.replacing("<c:lineId>1<", with: "<c:lineId>9<")
    #expect(try rules(swapped) == ["ÖR43"])
  }

  @Test("A decimal comma is no amount, and breaks the rules that count with it")
  func comma() throws {
    let claim = try ClaimMutation.base("digital-visit").replacing("400.00", with: "400,00")
    #expect(try rules(claim).isSuperset(of: ["ÖR5", "ÖR27", "ÖR28"]))
  }
}
