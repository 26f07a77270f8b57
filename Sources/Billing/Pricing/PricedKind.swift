/// Visits of one profession, form and kind on one day: what they cost, or why nobody knows.
enum PricedKind {
  case waiting(Pricing.Question)
  case priced(Offer)

  /// A price, and what a line says because of it.
  final class Offer {
    let price: Price
    /// The claim's code.
    let profession: String
    /// Members of the line from `careLevel` to `product`, which follow from the rules and the price.
    let members: [UInt8]

    init(_ price: Price, _ profession: String, _ claim: BillingRules.Claim) {
      self.price = price
      self.profession = profession
      var line = JSONBytes()
      line.open()
      line.add("careLevel", claim.careLevel)
      line.add("publicCare", claim.isPublicCare)
      line.add("agreement", claim.agreement)
      line.add("typeOfAgreement", claim.typeOfAgreement)
      line.add("typeOfReimbursement", claim.typeOfReimbursement)
      line.add("category", price.category)
      line.add("priceList", claim.priceList)
      line.name("product")
      line.open()
      line.add("code", price.product)
      line.add("name", price.name)
      line.add("price", price.amount)
      line.close()
      members = Array(line.bytes.dropFirst())
    }
  }

  /// The facts that decide.
  static let facts: [Fact] = [.profession, .occupation, .form, .kind, .day]

  /// - Parameter day: the visit's.
  init(_ visit: borrowing FactDocument, on day: CalendarDay, by rules: BillingRules) {
    let told = visit.string(.profession)
    let profession = told.isEmpty ? rules.occupations[visit.string(.occupation)] ?? "" : told
    let form = visit.string(.form)
    guard let group = rules.groups[profession] else {
      self = .waiting(.professionUnknown)
      return
    }
    guard rules.forms.contains(form) else {
      self = .waiting(.formUnknown)
      return
    }
    guard let price = rules.prices.price(group: group, form: form, kind: visit.string(.kind), on: day) else {
      self = .waiting(.unpriced)
      return
    }
    self = .priced(Offer(price, profession, rules.claim))
  }
}
