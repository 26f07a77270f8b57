import Documents

/// Writes lines of `billing/claim`: everything that the claim says of a visit, but for the number of its line.
struct LineWriter {
  /// What a visit costs.
  struct Bill {
    let offer: PricedKind.Offer
    let fee: Money
    let net: Money
    let exemption: Condition?
  }

  private var line = JSONBytes()

  /// A visit's line.
  mutating func line(
    of visit: borrowing FactDocument, livingAsToldBy source: HomeSource, _ bill: Bill,
    _ claim: BillingRules.Claim
  ) -> [UInt8] {
    line.removeAll()
    line.open()
    line.add("visit", .visit, of: visit)
    addPatient(visit, source)
    line.add("date", .day, of: visit)
    addTime(visit)
    line.add("planned", visit.isTrue(.planned))
    line.add("kind", .kind, of: visit)
    line.name("unit")
    line.open()
    line.add("id", .unit, of: visit)
    line.add("name", .unitName, of: visit)
    line.close()
    line.add("profession", bill.offer.profession)
    if visit[.medicalField].isEmpty {
      line.add("medicalField", claim.medicalField)
    } else {
      line.add("medicalField", .medicalField, of: visit)
    }
    line.add(members: bill.offer.members)
    line.add("gross", bill.net)
    line.add("net", bill.net)
    if bill.fee > .zero {
      line.add("feePaid", bill.fee)
      if let feesCount = claim.feesCount { line.add("freePass", feesCount) }
    }
    if let exemption = bill.exemption { line.add("reduction", exemption.reduction) }
    line.close()
    return Array(line.bytes[...])
  }

  private mutating func addPatient(_ visit: borrowing FactDocument, _ source: HomeSource) {
    line.name("patient")
    line.open()
    line.add("number", .number, of: visit)
    line.add("system", .system, of: visit)
    if let county = source.county { line.add("county", county, of: visit) }
    if let municipality = source.municipality { line.add("municipality", municipality, of: visit) }
    line.add("gender", .gender, of: visit)
    line.add("listedAt", .listedAt, of: visit)
    line.close()
  }

  /// `093000` of `2026-11-03T09:30:00+01:00`; nothing for a day alone.
  private mutating func addTime(_ visit: borrowing FactDocument) {
    let begins = visit[.begins]
    let start = begins.lowerBound
    guard begins.count >= 19, visit.text[start + 10] == UInt8(ascii: "T") else { return }
    line.name("time")
    line.append("\"")
    for digits in [11..<13, 14..<16, 17..<19] {
      line.append(start + digits.lowerBound..<start + digits.upperBound, of: visit)
    }
    line.append("\"")
  }
}
