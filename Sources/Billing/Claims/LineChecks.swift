import Store

/// What the official rules let through about one line, and a region would refuse or a patient suffer from
/// (billing.md, section 5). Such a line stays open and is told.
struct LineChecks {
  private let rules: BillingRules
  private let issued: CalendarDay
  private let lines: RecordLines
  private let number, county, municipality, gross, net, fee, reduction, date, field, level,
    diagnoses,
    procedures: RecordLines.Path

  /// Checks by some lines.
  init(rules: BillingRules, issued: CalendarDay, lines: RecordLines) {
    (self.rules, self.issued, self.lines) = (rules, issued, lines)
    number = lines.path("patient.number")
    county = lines.path("patient.county")
    municipality = lines.path("patient.municipality")
    gross = lines.path("gross")
    net = lines.path("net")
    fee = lines.path("feePaid")
    reduction = lines.path("reduction")
    date = lines.path("date")
    field = lines.path("medicalField")
    level = lines.path("careLevel")
    diagnoses = lines.path("diagnoses")
    procedures = lines.path("procedures")
  }

  /// A reason why a record must not go into a batch.
  struct Finding: Sendable, Equatable {
    let name: String
    let reason: String

    /// Nobody can be billed.
    static let noRegion = Finding(name: "region", reason: "regions.csv has no such debtor")
  }

  /// What is wrong with a record, first things first; nil for nothing.
  /// - Parameter line: its place among the lines.
  func finding(_ record: StoredBillingRecord, _ line: Int) -> Finding? {
    guard lines.isReadable(line) else {
      return Finding(name: "unreadable", reason: "the record's line can't be read")
    }
    return patient(line, record) ?? money(line) ?? time(line, record) ?? care(line)
  }

  private func patient(_ line: Int, _ record: StoredBillingRecord) -> Finding? {
    let county = lines.text(line, county)
    let municipality = lines.text(line, municipality)
    if !NumberChecks.isPersonNumber(lines.text(line, number)) {
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

  private func money(_ line: Int) -> Finding? {
    guard let gross = lines.money(line, gross), let net = lines.money(line, net), gross >= .zero, net >= .zero
    else {
      return Finding(name: "amount", reason: "an amount is negative or none")
    }
    let fee = lines.money(line, fee) ?? .zero
    if fee < .zero { return Finding(name: "amount", reason: "the fee is negative") }
    if fee > .zero, lines.text(line, reduction) == "01" {
      return Finding(name: "free-card", reason: "a fee is deducted although the patient has a free card")
    }
    return nil
  }

  /// Credits have no time limit: they take back what was billed.
  private func time(_ line: Int, _ record: StoredBillingRecord) -> Finding? {
    guard let day = lines.day(line, date) else {
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

  private func care(_ line: Int) -> Finding? {
    guard lines.has(line, diagnoses) || lines.has(line, procedures),
      lines.text(line, field).hasPrefix("9") || lines.text(line, level) == "1"
    else { return nil }
    return Finding(name: "diagnosis", reason: "primary care tells no diagnoses and no treatments")
  }
}
