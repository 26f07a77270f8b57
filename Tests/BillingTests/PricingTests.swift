import Foundation
import Billing
import Diagnostics
import TestRig
import Testing

struct PricingTests {
  private func outcome(_ change: (inout Facts) -> Void) throws -> Pricing.Outcome {
    var facts = Facts()
    change(&facts)
    return try Finance.pricer().price(facts.bytes).outcome
  }

  private func net(_ change: (inout Facts) -> Void) throws -> String? {
    guard case .billed(let visit) = try outcome(change) else { return nil }
    return visit.net.description
  }

  @Test("The home region pays the price less the patient's fee")
  func price() throws {
    #expect(try net { _ in } == "400.00")
    #expect(try net { $0.profession = "PS" } == "325.00")
    #expect(try net { $0.profession = "SJ" } == "175.00")
    #expect(try net { $0.form = "chat" } == "400.00")
    #expect(try net { $0.isFeePaid = false } == "400.00", "a fee that is owed is the patient's, paid or not")
  }

  @Test("The price is the one in force on the day of the visit")
  func validity() throws {
    #expect(try net { $0.begins = "2019-06-13T09:00:00+02:00" } == "550.00")
    #expect(try net { $0.begins = "2019-06-14T09:00:00+02:00" } == "400.00")
    #expect(try outcome { $0.begins = "2017-05-31T09:00:00+02:00" } == .waiting(.unpriced))
  }

  @Test("Who pays no fee costs the home region the whole price")
  func exemptions() throws {
    let free: (inout Facts) -> Void = {
      $0.fee = "0.00"
      $0.isFeePaid = false
    }
    #expect(
      try net {
        free(&$0)
        $0.exemption = "free-card"
      } == "500.00")
    #expect(
      try net {
        free(&$0)
        $0.hasFreeCard = true
      } == "500.00")
    #expect(
      try net {
        free(&$0)
        $0.birthDate = "2006-10-06"
      } == "500.00", "not yet 20")
    #expect(try net { $0.birthDate = "2006-10-05" } == "400.00", "20 on the day")
    #expect(
      try net {
        free(&$0)
        $0.birthDate = "1941-10-05"
      } == "500.00", "85 on the day")
  }

  @Test("A fee that was paid although none is owed is a question for a person")
  func paidDespite() throws {
    #expect(try outcome { $0.exemption = "free-card" } == .waiting(.feeDespiteExemption))
  }

  @Test("What is not billed says why")
  func notBilled() throws {
    #expect(try outcome { $0.county = "20" } == .notBilled(code: "own-county"))
    #expect(try outcome { $0.booking = "noshow" } == .notBilled(code: "no-show"))
    #expect(try outcome { $0.status = "cancelled" } == .notBilled(code: "cancelled"))
    #expect(try outcome { $0.status = "entered-in-error" } == .notBilled(code: "entered-in-error"))
    #expect(try outcome { $0.isProtected = true } == .notBilled(code: "protected"))
    #expect(try outcome { $0.exemption = "asylum-seeker" } == .notBilled(code: "asylum-seeker"))
    #expect(try outcome { $0.county = "99" } == .notBilled(code: "asylum-seeker"))
    #expect(try outcome { $0.patient = #","lma":"12345678""# } == .notBilled(code: "asylum-seeker"))
    #expect(try outcome { $0.patient = #","euCard":"8075""# } == .notBilled(code: "eu-card"))
    #expect(try outcome { $0.form = "phone" } == .notBilled(code: "telephone"))
    #expect(try outcome { $0.status = "in-progress" } == .notYet)
  }

  @Test("What nobody knows waits in the work list and is never guessed")
  func waiting() throws {
    #expect(try outcome { $0.county = "" } == .waiting(.countyUnknown))
    #expect(try outcome { $0.county = "02" } == .waiting(.countyUnknown))
    #expect(try outcome { $0.municipality = "1480" } == .waiting(.municipalityUnknown))
    #expect(try outcome { $0.municipality = "0199" } == .waiting(.municipalityUnknown))
    #expect(try outcome { $0.number = "191212121213" } == .waiting(.patientNumber))
    #expect(try outcome { $0.number = "1212121212" } == .waiting(.patientNumber))
    #expect(try outcome { $0.begins = "" } == .waiting(.dayUnknown))
    #expect(try outcome { $0.unit = "" } == .waiting(.unitUnknown))
    #expect(try outcome { $0.profession = "" } == .waiting(.professionUnknown))
    #expect(try outcome { $0.form = "letter" } == .waiting(.formUnknown))
    #expect(try outcome { $0.fee = "500.01" } == .waiting(.feeExceedsPrice))
  }

  @Test("The register's answer goes before what the sender told")
  func register() throws {
    let skåne = #","register":{"county":"12","municipality":"1280","isProtected":false}"#
    guard case .billed(let visit) = try outcome({ $0.register = skåne }) else {
      Issue.record("not billed")
      return
    }
    #expect(visit.county == "12")
    let secret = #","register":{"county":"12","municipality":"1280","isProtected":true}"#
    #expect(try outcome { $0.register = secret } == .notBilled(code: "protected"))
  }

  @Test("The way to a price is told rule by rule, with the price's place")
  func steps() throws {
    let steps = try Finance.pricer().explain(Facts().bytes).steps
    #expect(steps.contains { $0.rule.contains("national-digital.csv:6") && $0.result.contains("500.00") })
    #expect(steps.last?.result == "net: 400.00")
  }

  @Test("Occupations of the hub stand for professions")
  func occupation() throws {
    #expect(
      try net {
        $0.profession = ""
        $0.patient = ""
        $0.register = #","occupation":"203010""#
      } == "400.00")
  }
}

struct RuleVersionTests {
  @Test("The version of rules changes with any of their files but the exports'")
  func version() throws {
    let rules = try Finance.rules(replacing: [:])
    #expect(rules.version == (try Finance.rules(replacing: [:])).version)
    let other = try Finance.rules(replacing: ["occupations.csv": "occupation,profession\n1,LK\n"])
    #expect(other.version != rules.version)
    let exports = try Finance.rules(replacing: ["exports.yaml": "csv:\n  A: line\n"])
    #expect(exports.version == rules.version)
  }

  @Test("Sweden has 290 municipalities and 21 regions, all with numbers that check")
  func tables() throws {
    let rules = try Finance.rules()
    #expect(rules.municipalities.count == 290)
    #expect(Set(rules.regions.keys) == Counties.known)
    #expect(rules.municipalities.allSatisfy { Counties.known.contains(String($0.prefix(2))) })
    #expect(rules.warnings.isEmpty)
  }

  @Test("The rules' folder and that of prices may be symbolic links")
  func links() throws {
    let folder = try TemporaryFolder()
    let (files, own) = (FileManager.default, RepositoryFolder.path + "/Mappings/billing")
    try files.createDirectory(atPath: folder.path + "/elsewhere", withIntermediateDirectories: true)
    for name in [
      "rules.yaml", "regions.csv", "municipalities.csv", "occupations.csv", "exports.yaml", "prices",
    ] {
      try files.createSymbolicLink(
        atPath: "\(folder.path)/elsewhere/\(name)", withDestinationPath: "\(own)/\(name)")
    }
    try files.createSymbolicLink(
      atPath: folder.path + "/billing", withDestinationPath: folder.path + "/elsewhere")
    let rules = try BillingFolder.load(folder.path, try Finance.library())
    #expect(try rules?.version == Finance.rules().version)
    withExtendedLifetime(folder) {}
  }
}
