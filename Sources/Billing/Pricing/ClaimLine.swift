/// A line of `billing/claim`: everything that the claim says of a visit, but for the number of its line.
struct ClaimLine {
  let bytes: [UInt8]

  init(
    _ visit: VisitFacts, _ rules: BillingRules, _ profession: String, _ county: String,
    _ municipality: String,
    _ price: Price, _ fee: Money, _ net: Money, _ exemption: Condition?
  ) {
    var patient = JSONObjectText()
    patient.add("number", visit.number)
    patient.add("system", visit.system)
    patient.add("county", county)
    patient.add("municipality", municipality)
    patient.add("gender", visit.gender)
    patient.add("listedAt", visit.listedAt)
    var unit = JSONObjectText()
    unit.add("id", visit.unit)
    unit.add("name", visit.unitName)
    var product = JSONObjectText()
    product.add("code", price.product)
    product.add("name", price.name)
    product.add("price", price.amount)
    var line = JSONObjectText()
    line.add("visit", visit.visit)
    line.add("patient", json: patient.closed)
    line.add("date", visit.day?.description ?? "")
    line.add("time", Self.time(visit.begins))
    line.add("planned", visit.isPlanned)
    line.add("kind", visit.kind)
    line.add("unit", json: unit.closed)
    line.add("profession", profession)
    line.add("medicalField", visit.medicalField.isEmpty ? rules.claim.medicalField : visit.medicalField)
    line.add("careLevel", rules.claim.careLevel)
    line.add("publicCare", rules.claim.isPublicCare)
    line.add("agreement", rules.claim.agreement)
    line.add("typeOfAgreement", rules.claim.typeOfAgreement)
    line.add("typeOfReimbursement", rules.claim.typeOfReimbursement)
    line.add("category", price.category)
    line.add("priceList", rules.claim.priceList)
    line.add("product", json: product.closed)
    line.add("gross", net)
    line.add("net", net)
    if fee > .zero { line.add("feePaid", fee) }
    line.add("reduction", exemption?.reduction ?? "")
    if exemption?.isFreePass == true { line.add("freePass", true) }
    bytes = line.bytes
  }

  /// `093000` of `2026-11-03T09:30:00+01:00`; empty for a day alone.
  private static func time(_ begins: String) -> String {
    let bytes = Array(begins.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") else { return "" }
    return String(decoding: bytes[11..<13] + bytes[14..<16] + bytes[17..<19], as: UTF8.self)
  }
}
