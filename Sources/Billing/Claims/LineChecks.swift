import Documents
import Formats
import Store

/// What the official rules let through about one line, and a region would refuse or a patient suffer from
/// (billing.md, section 5). Such a line stays open and is told.
struct LineChecks {
  let rules: BillingRules
  let issued: CalendarDay

  /// A reason why a record must not go into a batch.
  struct Finding: Sendable, Equatable {
    let name: String
    let reason: String

    /// Nobody can be billed.
    static let noRegion = Finding(name: "region", reason: "regions.csv has no such debtor")
  }

  /// What is wrong with a record, first things first; nil for nothing.
  func finding(_ record: StoredBillingRecord) -> Finding? {
    var forest = Forest(names: RecordLine.names)
    guard let root = try? JSONReader().read(record.content.body, named: "line", into: &forest) else {
      return Finding(name: "unreadable", reason: "the record's line can't be read")
    }
    var tree = ClaimTree()
    let line = tree.element(root, forest)
    return patient(line, record) ?? money(line) ?? time(line, record) ?? care(line)
  }

  private func patient(_ line: ClaimTree.Element, _ record: StoredBillingRecord) -> Finding? {
    let patient = line["patient"]
    let county = patient?["county"]?.text ?? ""
    let municipality = patient?["municipality"]?.text ?? ""
    if !NumberChecks.isPersonNumber(patient?["number"]?.text ?? "") {
      return Finding(name: "person-number", reason: "the personnummer's check digit or length is wrong")
    }
    if !Counties.known.contains(county) { return Finding(name: "county", reason: "there is no such county") }
    if county == rules.seller.region.county || county != record.content.debtor {
      return Finding(
        name: "own-county", reason: "the patient lives in the seller's county, or not in the debtor's")
    }
    guard municipality.hasPrefix(county), rules.municipalities.contains(municipality) else {
      return Finding(name: "municipality", reason: "the county has no such municipality")
    }
    return nil
  }

  private func money(_ line: ClaimTree.Element) -> Finding? {
    let (gross, net) = (Money(line["gross"]?.text ?? ""), Money(line["net"]?.text ?? ""))
    guard let gross, let net, gross >= .zero, net >= .zero else {
      return Finding(name: "amount", reason: "an amount is negative or none")
    }
    let fee = line["feePaid"].flatMap { Money($0.text) } ?? .zero
    if fee < .zero { return Finding(name: "amount", reason: "the fee is negative") }
    if line["freePass"]?.text == "true" || line["reduction"]?.text == "01", fee > .zero {
      return Finding(name: "free-card", reason: "a fee is deducted although the patient has a free card")
    }
    return nil
  }

  /// Credits have no time limit: they take back what was billed.
  private func time(_ line: ClaimTree.Element, _ record: StoredBillingRecord) -> Finding? {
    guard let day = CalendarDay(line["date"]?.text ?? "") else {
      return Finding(name: "day", reason: "the visit has no day")
    }
    if record.content.kind == .debit, day.adding(months: rules.lateMonths) < issued {
      return Finding(
        name: "late", reason: "the visit is more than \(rules.lateMonths) months old (credit reason 6)")
    }
    if day > issued {
      return Finding(name: "early", reason: "the visit is later than the claim (credit reason 8)")
    }
    if record.content.kind == .credit, !ClaimCodes.reasonForCredit.contains(record.content.reason) {
      return Finding(name: "credit-reason", reason: "a credit gives its reason")
    }
    return nil
  }

  private func care(_ line: ClaimTree.Element) -> Finding? {
    let isPrimary = line["medicalField"]?.text.hasPrefix("9") ?? false || line["careLevel"]?.text == "1"
    guard isPrimary, line["diagnoses"] != nil || line["procedures"] != nil else { return nil }
    return Finding(name: "diagnosis", reason: "primary care tells no diagnoses and no treatments")
  }
}
