import Billing
import Diagnostics
import Foundation
import Testing

/// What the official rules let through (billing.md, section 5).
struct ClaimCheckTests {
  private func checks(_ xml: String) throws -> Set<String> {
    let diagnostics = try ClaimChecks.check(
      Array(xml.utf8), named: "claim.xml", by: try Finance.rules())
    return Set(diagnostics.map { String($0.problem.wording.title.prefix { $0 != ":" }) })
  }

  @Test(
    "Right claims pass all of them", arguments: ["digital-visit", "free-card", "credit", "asylum-seeker"])
  func kept(_ name: String) throws {
    #expect(try checks(try ClaimMutation.base(name)) == [])
  }

  /// A claim in which one thing is wrong.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let check: String
    var base = "digital-visit"
    let old: String
    let new: String
    var also: Set<String> = []

    var testDescription: String { "\(check): \(old) → \(new)" }
  }

  static let wrong: [Wrong] = [
    Wrong(check: "organisation-number", old: ">2321000180<", new: ">2321000181<", also: ["claim-id"]),
    Wrong(check: "organisation-number", old: ">2321000180<", new: ">232100018<", also: ["claim-id"]),
    Wrong(
      check: "gln", old: "<c:supplierParty><c:identification>",
      new:
        "<c:supplierParty><c:identification><c:root>2.51.1.6</c:root><c:extension>7350000000001</c:extension></c:identification><c:identification>"
    ),
    Wrong(check: "same-party", old: ">BUYER<", new: ">2321000180<"),
    Wrong(check: "claim-id", old: "ZVF23210001802611", new: "ZVF23210001802613"),
    Wrong(check: "claim-id", old: "ZVF2321000180", new: "ZVF2321000198"),
    Wrong(check: "total", old: "payableAmount><c:amount>400.00<", new: "payableAmount><c:amount>400.50<"),
    Wrong(check: "person-number", old: ">191212121212<", new: ">191212121213<"),
    Wrong(check: "person-number", old: ">191212121212<", new: ">1212121212<"),
    Wrong(
      check: "county", old: "<c:county><c:code>COUNTY<", new: "<c:county><c:code>02<", also: ["municipality"]),
    Wrong(
      check: "own-county", old: "<c:county><c:code>COUNTY<", new: "<c:county><c:code>20<",
      also: ["municipality"]),
    Wrong(
      check: "municipality", old: "<c:municipality><c:code>MUNICIPALITY<",
      new: "<c:municipality><c:code>1481<"),
    Wrong(
      check: "municipality", old: "<c:municipality><c:code>MUNICIPALITY<",
      new: "<c:municipality><c:code>COUNTY99<"),
    Wrong(check: "lma", base: "asylum-seeker", old: "<c:LMACardNumber>(.*)</c:LMACardNumber>", new: ""),
    Wrong(
      check: "late", old: "<c:careVisitDate>VISIT<", new: "<c:careVisitDate>20260420<"),
    Wrong(
      check: "amount", old: "GrossAmount><c:amount>400.00<", new: "GrossAmount><c:amount>-400.00<"),
    Wrong(
      check: "free-card", old: "<c:outPatientCareFeePaid>",
      new: "<c:patientFeeReducedCategory>01</c:patientFeeReducedCategory><c:outPatientCareFeePaid>"),
    Wrong(
      check: "diagnosis", old: "</c:activity>",
      new: "</c:activity><c:diagnosis><c:outpatientCareDiagnosis/></c:diagnosis>"),
    Wrong(
      check: "credit-reason", base: "credit", old: "<c:reasonForCredit>(.*?)</c:reasonForCredit>", new: ""),
    Wrong(
      check: "credit-line", base: "credit", old: "<c:referenceToLineId>(.*?)</c:referenceToLineId>", new: ""),
  ]

  @Test("Each mistake is told by its name, and none else", arguments: wrong)
  func broken(_ wrong: Wrong) throws {
    let base = try ClaimMutation.base(wrong.base)
    let buyer = try #require(base.firstMatch(of: /customerParty>.*?<c:extension>(\d{10})</)).1
    let county = try #require(base.firstMatch(of: /<c:county><c:code>(\d\d)</)).1
    let municipality = try #require(base.firstMatch(of: /<c:municipality><c:code>(\d{4})</)).1
    let visit = try #require(base.firstMatch(of: /<c:careVisitDate>(\d{8})</)).1
    func filled(_ text: String) -> String {
      text.replacing("BUYER", with: buyer).replacing("COUNTY", with: county)
        .replacing("MUNICIPALITY", with: municipality).replacing("VISIT", with: visit)
    }
    let mutation = ClaimMutation(rule: 0, base: wrong.base, old: filled(wrong.old), new: filled(wrong.new))
    #expect(try checks(try mutation.xml()) == wrong.also.union([wrong.check]))
  }

  @Test("The same care contact on two lines is told")
  func twice() throws {
    let claim = try ClaimMutation.base("two-patients")
    let ids = claim.matches(of: /<c:careContactId>(.*?)</).map { String($0.1) }
    let first = try #require(ids.first)
    let other = try #require(ids.first { $0 != first })
    #expect(!(try checks(claim)).contains("contact-twice"))
    #expect(try checks(claim.replacing(">\(other)<", with: ">\(first)<")).contains("contact-twice"))
  }
}
