public import Diagnostics
import Documents
import Formats

/// The rules ÖR1 to ÖR52 of ProcessClaimSpecification 1.1 (contracts.md, section 6), as its Schematron has them.
///
/// ÖR6 is ÖR28 and ÖR32 is ÖR39 under other numbers. The Schematron has no ÖR7; its text (service contract description
/// "Utomlänsfakturering" 1.1 of 2025-10-13, 6.1.3) allows only one of personnummer, samordningsnummer and reserve
/// number, which the schema of 1.1 demands too. ÖR43 is checked as it is meant: numbers of lines ascend.
public struct ClaimRules {
  /// The day on which the claim is checked.
  let today: CalendarDay
  private(set) var breaches: [Breach] = []

  /// A rule that a claim breaks.
  struct Breach {
    let rule: String
    let reason: String
    let node: NodeID
  }

  init(today: CalendarDay) {
    self.today = today
  }

  /// All that is wrong with a claim, with its places.
  /// - Throws: what makes it unreadable.
  public static func check(
    _ xml: [UInt8], named file: String, today: CalendarDay
  ) throws(Diagnostic) -> [Diagnostic] {
    var forest = Forest(names: NameTableBuilder().build(), reserving: xml.count)
    let root = try XMLReader(limits: ReadingLimits(bytes: 50 << 20, depth: 64)).read(
      xml, named: file, into: &forest)
    var rules = ClaimRules(today: today)
    rules.check(ClaimTree(root, forest).root)
    return rules.breaches.map {
      let place = Place(message: xml, named: file, offset: Int(forest[$0.node].offset))
      return Diagnostic(.claimRule(rule: $0.rule, reason: $0.reason), at: place)
    }
  }

  /// Checks the claim below a root.
  mutating func check(_ element: ClaimTree.Element) {
    checkNothingIsEmpty(element)
    for claim in element.all(.claimSpecification) { check(claim: claim) }
  }

  private mutating func check(claim: ClaimTree.Element) {
    checkHeader(claim)
    checkCoded(claim)
    let issued = claim[.issueDate]?.text ?? ""
    var lines: [ClaimTree.Element] = []
    for patient in claim.all(.healthCareServicesSpecificationLine) {
      checkPatient(patient)
      for care in patient.all(.healthcarePerformed) {
        if let line = care[.lineId] { lines.append(line) }
        checkTime(care, issued)
        checkCare(care)
        checkProducts(care)
        checkAmounts(care)
      }
    }
    checkNumbers(lines)
    checkTotal(claim)
  }

  /// Notes a breach unless a condition holds.
  mutating func demand(
    _ condition: Bool, _ rule: Int, _ reason: @autoclosure () -> String, at element: ClaimTree.Element
  ) {
    guard !condition else { return }
    breaches.append(Breach(rule: "ÖR\(rule)", reason: reason(), node: element.node))
  }

  /// Demands one of some codes of an element that may be absent.
  mutating func demand(_ codes: Set<String>, _ rule: Int, of element: ClaimTree.Element?) {
    guard let element else { return }
    demand(
      codes.contains(element.text), rule, "`\(element.label)` is none of the contract's codes", at: element)
  }
}
