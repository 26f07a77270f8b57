import Foundation
import TestRig
import Testing

/// A claim in which one rule of the contract is broken: a valid one, and what is replaced in it.
struct ClaimMutation: Sendable, CustomTestStringConvertible {
  /// The rule's number.
  let rule: Int
  /// The case under Mappings/claims that is changed.
  let base: String
  let old: String
  let new: String
  /// Other rules that are broken with it, by necessity.
  var also: Set<Int> = []

  var testDescription: String { "ÖR\(rule): \(old) → \(new)" }

  /// Without white space between elements.
  static func base(_ name: String) throws -> String {
    let bytes = try RepositoryFolder.bytes("Mappings/claims/cases/\(name)/claim.xml")
    return String(decoding: bytes, as: UTF8.self).replacing(/>\s+</, with: "><")
  }

  func xml() throws -> String {
    let base = try Self.base(base)
    guard let range = base.range(of: old, options: old.contains("(.*") ? .regularExpression : []) else {
      throw NotFound(text: old)
    }
    return base.replacingCharacters(in: range, with: new)
  }

  struct NotFound: Error {
    let text: String
  }
}

extension ClaimMutation {
  /// One for each rule.
  static let all: [ClaimMutation] = [
    .init(rule: 1, base: "everything", old: "<c:text>Se journal</c:text>", new: "<c:text/>"),
    .init(rule: 2, base: "everything", old: "<c:issueDate>20261121<", new: "<c:issueDate>20991121<"),
    .init(rule: 3, base: "everything", old: "<c:root>1.3.7<", new: "<c:root>1.3.8<", also: [48]),
    .init(rule: 4, base: "everything", old: "<c:typeOfInvoice>380<", new: "<c:typeOfInvoice>382<"),
    .init(rule: 5, base: "everything", old: "<c:amount>975.00<", new: "<c:amount>976.01<"),
    .init(
      rule: 6, base: "digital-visit", old: "NetAmount><c:amount>400.00<", new: "NetAmount><c:amount>400.50<",
      also: [28]),
    .init(
      rule: 7, base: "digital-visit", old: "</c:patientIdentity>",
      new:
        "</c:patientIdentity><c:patientIdentity><c:root>1.2.752.97.3.1.3</c:root><c:extension>99</c:extension></c:patientIdentity>"
    ),
    .init(rule: 8, base: "everything", old: "<c:county><c:code>01<", new: "<c:county><c:code>1<"),
    .init(
      rule: 9, base: "everything", old: "<c:municipality><c:code>0180<", new: "<c:municipality><c:code>180<"),
    .init(rule: 10, base: "everything", old: "<c:gender><c:code>1<", new: "<c:gender><c:code>3<"),
    .init(
      rule: 11, base: "inpatient",
      old: "<c:careContactId>018f3c1e-0000-7000-8000-00000000v001</c:careContactId>",
      new: ""),
    .init(rule: 12, base: "everything", old: "<c:typeOfAgreement>1<", new: "<c:typeOfAgreement>4<"),
    .init(rule: 13, base: "everything", old: "<c:typeOfChapter>4<", new: "<c:typeOfChapter>8<"),
    .init(rule: 14, base: "everything", old: "<c:typeOfReimbursement>1<", new: "<c:typeOfReimbursement>3<"),
    .init(rule: 15, base: "everything", old: "<c:typeOfCare><c:code>01<", new: "<c:typeOfCare><c:code>03<"),
    .init(rule: 16, base: "everything", old: "<c:typeOfVisit>1<", new: "<c:typeOfVisit>3<"),
    .init(rule: 17, base: "everything", old: "<c:careVisitDate>20261103<", new: "<c:careVisitDate>20261122<"),
    .init(
      rule: 18, base: "inpatient", old: "<c:careDischargeDate>20261105<",
      new: "<c:careDischargeDate>20261031<"),
    .init(rule: 19, base: "everything", old: "<c:end>20261120</c:end>", new: ""),
    .init(
      rule: 20, base: "everything", old: "<c:start>20261101</c:start><c:end>20261120<",
      new: "<c:start>20261121</c:start><c:end>20261122<"),
    .init(rule: 21, base: "everything", old: "<c:end>20261120<", new: "<c:end>20261031<"),
    .init(
      rule: 22, base: "everything", old: "<c:professionCodeForHealthcare>LK<",
      new: "<c:professionCodeForHealthcare>XX<"),
    .init(
      rule: 23, base: "everything",
      old: "<c:professionCodeForHealthcare>LK</c:professionCodeForHealthcare>", new: ""),
    .init(rule: 24, base: "everything", old: "<c:productCategory>04<", new: "<c:productCategory>05<"),
    .init(rule: 25, base: "everything", old: "<c:priceList>2<", new: "<c:priceList>7<"),
    .init(
      rule: 26, base: "everything", old: "<c:numberOfPatientSpecificCare>2<",
      new: "<c:numberOfPatientSpecificCare>3<"),
    .init(
      rule: 27, base: "everything", old: "GrossAmount><c:amount>975.00<",
      new: "GrossAmount><c:amount>974.99<",
      also: [28]),
    .init(
      rule: 28, base: "everything", old: "NetAmount><c:amount>975.00<", new: "NetAmount><c:amount>975.01<"),
    .init(
      rule: 29, base: "free-card", old: "<c:patientFeeReducedCategory>01<",
      new: "<c:patientFeeReducedCategory>06<"),
    .init(rule: 30, base: "everything", old: "<c:careLevel>2<", new: "<c:careLevel>5<"),
    .init(
      rule: 31, base: "inpatient",
      old:
        "<c:diagnosisCode><c:code>O800</c:code><c:codeSystem>1.2.752.116.1.1.1.1.3</c:codeSystem><c:displayName>Spontanförlossning</c:displayName></c:diagnosisCode>",
      new: "<c:text>O800</c:text>"),
    .init(
      rule: 32, base: "everything", old: "<c:codeSystem>1.2.752.129.2.2.1.3</c:codeSystem>", new: "",
      also: [39]),
    .init(
      rule: 33, base: "everything", old: "<c:medicalFieldCode>211<", new: "<c:medicalFieldCode>943<"),
    .init(
      rule: 34, base: "everything", old: "Number><c:root>1.2.752.129.2.1.4.1<", new: "Number><c:root>1.2.3<"),
    .init(rule: 35, base: "everything", old: "<c:code>SEK<", new: "<c:code>EUR<"),
    .init(rule: 36, base: "credit", old: "<c:reasonForCredit>1<", new: "<c:reasonForCredit>10<"),
    .init(rule: 37, base: "everything", old: "ZVF23210001802611000017", new: "ZVF2321000180261100001"),
    .init(
      rule: 38, base: "inpatient", old: "<c:careDischargeDate>20261105<",
      new: "<c:careDischargeDate>20261122<"),
    .init(
      rule: 39, base: "everything", old: "<c:codeSystem>1.2.752.129.2.2.1.1</c:codeSystem>", new: ""),
    .init(
      rule: 40, base: "everything", old: "<c:codeSystem>1.2.752.129.2.2.1.18</c:codeSystem>", new: ""),
    .init(
      rule: 41, base: "everything", old: "<c:codeSystem>1.2.752.129.2.2.1.17</c:codeSystem>", new: ""),
    .init(
      rule: 42, base: "inpatient", old: "<c:originalText>O81A</c:originalText>",
      new: "<c:code>O81A</c:code><c:originalText>O81A</c:originalText>"),
    .init(rule: 43, base: "two-patients", old: "<c:lineId>3<", new: "<c:lineId>2<"),
    .init(
      rule: 44, base: "digital-visit", old: "<c:patientSpecificCare>(.*)</c:patientSpecificCare>", new: "",
      also: [27]),
    .init(
      rule: 45, base: "inpatient", old: "<c:DRGCode><c:originalText>O81A</c:originalText></c:DRGCode>",
      new: ""),
    .init(
      rule: 46, base: "digital-visit",
      old:
        "2321000180</c:extension></c:identification></c:supplierParty><c:customerParty><c:identification><c:root>1.3.7<",
      new:
        "2321000180</c:extension></c:identification></c:supplierParty><c:customerParty><c:identification><c:root>1.3.8<",
      also: [48]),
    .init(
      rule: 47, base: "everything", old: "<c:patientSpecificCareCode>PR02</c:patientSpecificCareCode>",
      new: ""),
    .init(rule: 48, base: "everything", old: ">2321000180<", new: ">232100018<"),
    .init(rule: 49, base: "everything", old: "<c:medicalFieldCode>211<", new: "<c:medicalFieldCode>212<"),
    .init(
      rule: 50, base: "everything", old: "<c:agreementInRiksavtalet>4.1<",
      new: "<c:agreementInRiksavtalet>4.2<"),
    .init(rule: 51, base: "inpatient", old: "<c:inCare>4</c:inCare>", new: ""),
    .init(
      rule: 52, base: "credit",
      old:
        "<c:referenceToProcessClaimSpecificationId>ZVF23210001802610000042</c:referenceToProcessClaimSpecificationId>",
      new: ""),
  ]
}
