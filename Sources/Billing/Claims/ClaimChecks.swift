public import Diagnostics
import Documents
import Formats

/// What the official rules let through in a claim, and a region would refuse or a patient suffer from (billing.md,
/// section 5; each was tried against the official Schematron). Checked before a batch is closed.
public struct ClaimChecks {
  private let sellerCounty: String
  private let municipalities: Set<String>
  private let lateMonths: Int
  private(set) var findings: [Finding] = []

  /// Something that is wrong.
  struct Finding {
    let name: String
    let reason: String
    let node: NodeID
  }

  init(_ rules: BillingRules) {
    sellerCounty = rules.seller.region.county
    municipalities = rules.municipalities
    lateMonths = rules.lateMonths
  }

  /// All that is wrong with a claim, with its places.
  /// - Throws: what makes it unreadable.
  public static func check(
    _ xml: [UInt8], named file: String, by rules: BillingRules
  ) throws(Diagnostic) -> [Diagnostic] {
    var forest = Forest(names: NameTableBuilder().build(), reserving: xml.count)
    let root = try XMLReader(limits: ReadingLimits(bytes: 50 << 20, depth: 64)).read(
      xml, named: file, into: &forest)
    var checks = ClaimChecks(rules)
    checks.check(ClaimTree(root, forest).root)
    return checks.findings.map {
      let place = Place(message: xml, named: file, offset: Int(forest[$0.node].offset))
      return Diagnostic(.billingCheck(name: $0.name, reason: $0.reason), at: place)
    }
  }

  mutating func check(_ root: ClaimTree.Element) {
    for claim in root.all(.claimSpecification) {
      checkParties(claim)
      let lines = claim.all(.healthCareServicesSpecificationLine)
      let issued = CalendarDay(compact: claim[.issueDate]?.text ?? "")
      let isCredit = claim[.typeOfInvoice]?.text == "381"
      for line in lines {
        checkPatient(line)
        for care in line.all(.healthcarePerformed) { check(care, issued, isCredit) }
      }
      let cares = lines.flatMap { $0.all(.healthcarePerformed) }
      checkContacts(cares)
      checkTotal(claim, cares)
    }
  }

  private mutating func demand(
    _ condition: Bool, _ name: String, _ reason: @autoclosure () -> String, at element: ClaimTree.Element
  ) {
    if !condition { findings.append(Finding(name: name, reason: reason(), node: element.node)) }
  }

  // MARK: the whole

  private mutating func checkParties(_ claim: ClaimTree.Element) {
    var numbers: [String] = []
    for party in [ClaimName.supplierParty, .customerParty] {
      for identification in claim[party]?.all(.identification) ?? [] {
        let number = identification[.extension]?.text ?? ""
        if identification[.root]?.text == "1.3.7" {
          numbers.append(number)
          demand(
            NumberChecks.isOrganisationNumber(number), "organisation-number",
            "the organisation number's check digit or length is wrong", at: identification)
        } else {
          demand(NumberChecks.isGLN(number), "gln", "the GLN's check digit is wrong", at: identification)
        }
      }
    }
    demand(Set(numbers).count == numbers.count, "same-party", "the seller is the buyer", at: claim)
    guard let id = claim[.id] else { return }
    let month = Int(id.text.dropFirst(15).prefix(2)) ?? 0
    demand(
      id.text.dropFirst(3).allSatisfy(\.isNumber) && id.text.dropFirst(3).prefix(10) == numbers.first ?? ""
        && (1...12).contains(month),
      "claim-id", "the id is not ZVF, the seller's organisation number, ÅÅMM and six digits", at: id)
  }

  private mutating func checkContacts(_ cares: [ClaimTree.Element]) {
    var known: Set<String> = []
    for contact in cares.compactMap({ $0[.careContactId] }) {
      demand(
        known.insert(contact.text).inserted, "contact-twice", "the same care contact is on two lines",
        at: contact)
    }
  }

  /// To the öre, where the contract allows a krona.
  private mutating func checkTotal(_ claim: ClaimTree.Element, _ cares: [ClaimTree.Element]) {
    guard let payable = claim.at(.payableAmount, .amount) else { return }
    let nets = cares.map { Self.money($0.at(.invoicedAmountDetails, .patientCareInvoiceNetAmount)) }
    demand(
      Money(payable.text) == nets.compactMap { $0 }.reduce(.zero, +), "total",
      "the payable amount is not the sum of the lines, to the öre", at: payable)
  }

  // MARK: a line

  private mutating func checkPatient(_ line: ClaimTree.Element) {
    guard let patient = line[.patientInformation] else { return }
    if let identity = patient[.patientIdentity], Self.checkedNumbers.contains(identity[.root]?.text ?? "") {
      demand(
        NumberChecks.isPersonNumber(identity[.extension]?.text ?? ""), "person-number",
        "the personnummer's check digit or length is wrong", at: identity)
    }
    guard let other = patient[.patientOtherInformation] else { return }
    let county = other.at(.county, .code)?.text ?? ""
    let municipality = other.at(.municipality, .code)?.text ?? ""
    if county == "99" {
      let number = other[.lmaCardNumber]?.text ?? ""
      return demand(
        number.utf8.count == 8 && number.allSatisfy(\.isNumber) && municipality == "9901", "lma",
        "who seeks asylum has municipality 9901 and an LMA number of eight digits", at: other)
    }
    demand(Counties.known.contains(county), "county", "there is no such county", at: other)
    demand(county != sellerCounty, "own-county", "the patient lives in the seller's county", at: other)
    demand(
      municipality.hasPrefix(county) && municipalities.contains(municipality), "municipality",
      "the county has no such municipality", at: other)
  }

  private static let checkedNumbers: Set<String> = ["1.2.752.129.2.1.3.1", "1.2.752.129.2.1.3.3"]

  private mutating func check(_ care: ClaimTree.Element, _ issued: CalendarDay?, _ isCredit: Bool) {
    checkMoney(care)
    let visit = care.at(.timespan, .healthcareVisitDateTime, .careVisitDate)
    if !isCredit, let issued, let visit, let day = CalendarDay(compact: visit.text) {
      let months = lateMonths
      demand(
        day.adding(months: months) >= issued, "late",
        "the visit is more than \(months) months old (credit reason 6)", at: visit)
    }
    let tells = care[.diagnosis] != nil || care[.treatment] != nil
    demand(
      !tells || care.at(.activity, .careLevel)?.text != "1", "diagnosis",
      "primary care tells no diagnoses and no treatments", at: care)
    guard isCredit else { return }
    demand(care[.reasonForCredit] != nil, "credit-reason", "a credit gives its reason", at: care)
    demand(
      care[.referenceToLineId] != nil, "credit-line", "a credit names the line that it credits", at: care)
  }

  private mutating func checkMoney(_ care: ClaimTree.Element) {
    guard let details = care[.invoicedAmountDetails] else { return }
    for name in [
      ClaimName.patientCareInvoiceGrossAmount, .patientCareInvoiceNetAmount, .outPatientCareFeePaid,
    ] {
      guard let amount = details[name] else { continue }
      demand(Self.money(amount).map { $0 >= .zero } ?? false, "amount", "an amount is negative", at: amount)
    }
    let isFree = details[.patientFeeReducedCategory]?.text == "01"
    let fee = Self.money(details[.outPatientCareFeePaid]) ?? .zero
    demand(
      !isFree || fee <= .zero, "free-card", "a fee is deducted although the patient has a free card",
      at: details)
  }

  private static func money(_ amount: ClaimTree.Element?) -> Money? {
    amount?[.amount].flatMap { Money($0.text) }
  }
}
