public import Diagnostics
import Documents
public import Mapping

/// Prices visits by rules: pure, and quick because it keeps its memory. One thread at a time may use it.
public final class Pricer {
  /// The rules.
  public let rules: BillingRules
  private let sources: [HomeSource]
  private var visit: FactDocument
  private var answers: VisitAnswers
  private let complete, notBilled, fees: [VisitAnswers.Asked]
  private var homes = FactMemo<Home>()
  private var kinds = FactMemo<PricedKind>()
  private let kindFacts = PricedKind.facts.map(\.rawValue)
  private var line = LineWriter()
  private var texts = RepeatedTexts()
  private var steps: [Pricing.Step]?
  /// The document that was read last, unless it was unreadable.
  private var facts: [UInt8]?

  /// A pricer by rules that were read with this library.
  public init(_ rules: BillingRules, _ library: MappingLibrary) {
    self.rules = rules
    sources = rules.countySources.compactMap(HomeSource.init)
    let formulas = [[rules.complete], rules.notBilled.map(\.formula), rules.fees.map(\.formula)]
    visit = FactDocument(VisitAnswers.paths(formulas.flatMap { $0 }))
    answers = VisitAnswers(names: library.names)
    complete = answers.prepare(formulas[0], visit.table)
    notBilled = answers.prepare(formulas[1], visit.table)
    fees = answers.prepare(formulas[2], visit.table)
  }

  /// What a visit comes to.
  /// - Parameter facts: the document `billing/visit`.
  /// - Throws: what makes it unreadable, or a rule's condition unanswerable.
  public func price(_ facts: [UInt8]) throws(Diagnostic) -> Pricing {
    try read(facts)
    let outcome = try decide()
    return Pricing(
      visit: visit.string(.visit), patient: visit.string(.number),
      patientSystem: texts.string(visit[.system], of: visit), day: visit.day(Fact.day.rawValue),
      revision: visit.milliseconds(.changedAt), month: texts.month(visit.day(Fact.day.rawValue)),
      outcome: outcome, steps: steps ?? [])
  }

  /// Likewise, with the steps of the way there.
  /// - Throws: likewise.
  public func explain(_ facts: [UInt8]) throws(Diagnostic) -> Pricing {
    steps = []
    defer { steps = nil }
    return try price(facts)
  }

  /// What must be known of a visit before it is priced.
  typealias Subject = (visit: String, patient: String, day: CalendarDay?, begins: String)

  /// Whose visit a document is about, and when it was.
  /// - Throws: what makes it unreadable.
  func subject(of facts: [UInt8]) throws(Diagnostic) -> Subject {
    try read(facts)
    return (
      visit.string(.visit), visit.string(.number), visit.day(Fact.day.rawValue), visit.string(.begins)
    )
  }

  private func read(_ facts: [UInt8]) throws(Diagnostic) {
    guard facts != self.facts else { return }
    self.facts = nil
    try visit.read(facts)
    answers.begin(facts)
    self.facts = facts
  }

  // MARK: deciding

  private func decide() throws(Diagnostic) -> Pricing.Outcome {
    guard try answers.first(complete, in: visit) != nil else { return .notYet }
    if let reason = try answers.first(notBilled, in: visit) {
      let condition = rules.notBilled[reason]
      note(condition.rule, "not billed: \(condition.code)")
      return .notBilled(code: condition.code)
    }
    note("not-billed", "none of the \(rules.notBilled.count) reasons holds")
    let day = visit.day(Fact.day.rawValue)
    let (source, home) = home(on: day)
    note("county-from: \(source.rawValue)", "county \(home.county.isEmpty ? "?" : home.county)")
    switch home.meaning {
    case .unknown:
      return .waiting(home.county.isEmpty && isResidentLater(day) ? .residenceLater : .countyUnknown)
    case .own:
      note("seller.county", "not billed: own-county")
      return .notBilled(code: Self.ownCounty)
    case .question(let question): return .waiting(question)
    case .elsewhere: return try price(home, source, day)
    }
  }

  /// The reason of visits by residents of the seller's own county.
  static let ownCounty = "own-county"

  private func home(on day: CalendarDay?) -> (HomeSource, Home) {
    let source =
      sources.first { source in
        guard let county = source.county, !visit[county].isEmpty else { return false }
        return source != .register || !isResidentLater(day)
      } ?? .nobody
    guard let county = source.county, let municipality = source.municipality else {
      return (source, Home(county: "", municipality: "", rules))
    }
    if let known = homes.answer(of: visit, [county.rawValue, municipality.rawValue]) {
      return (source, known)
    }
    let home = Home(county: visit.string(county), municipality: visit.string(municipality), rules)
    homes.remember(home)
    return (source, home)
  }

  /// Where somebody is registered counts when the contact begins (billing.md, section 2): an answer about later days
  /// tells nothing.
  private func isResidentLater(_ day: CalendarDay?) -> Bool {
    guard let day, let since = visit.day(Fact.registerSince.rawValue) else { return false }
    return since > day
  }

  private func price(_ home: Home, _ source: HomeSource, _ day: CalendarDay?) throws(Diagnostic)
    -> Pricing.Outcome
  {
    guard visit.isPersonNumber(.number) else { return .waiting(.patientNumber) }
    guard let day else { return .waiting(.dayUnknown) }
    if visit[.unit].isEmpty || visit[.unitName].isEmpty { return .waiting(.unitUnknown) }
    let offer: PricedKind.Offer
    switch kind(on: day) {
    case .waiting(let question): return .waiting(question)
    case .priced(let found): offer = found
    }
    let price = offer.price
    note("\(price.place.file):\(price.place.line)", "\(price.subject.text): \(price.amount)")
    let exemption = try answers.first(fees, in: visit).map { rules.fees[$0] }
    let told = visit.money(.fee)
    if exemption != nil, visit.isTrue(.isFeePaid), let told, told > .zero {
      return .waiting(.feeDespiteExemption)
    }
    let fee = exemption == nil ? fee(told) : .zero
    guard fee <= price.amount, fee >= .zero else { return .waiting(.feeExceedsPrice) }
    note(
      exemption?.rule ?? "fee-deducted: \(rules.deduction.rawValue)",
      exemption.map { "no fee: \($0.code)" } ?? "less the fee: \(fee)")
    note("price - fee", "net: \(price.amount - fee)")
    let bill = LineWriter.Bill(offer: offer, fee: fee, net: price.amount - fee, exemption: exemption)
    return .billed(
      BilledVisit(
        county: home.county, price: price, fee: fee, net: bill.net,
        line: line.line(of: visit, livingAsToldBy: source, bill, rules.claim)))
  }

  private func kind(on day: CalendarDay) -> PricedKind {
    if let known = kinds.answer(of: visit, kindFacts) { return known }
    let kind = PricedKind(visit, on: day, by: rules)
    kinds.remember(kind)
    return kind
  }

  private func fee(_ told: Money?) -> Money {
    guard let told else { return .zero }
    switch rules.deduction {
    case .owed: return told
    case .paid: return visit.isTrue(.isFeePaid) ? told : .zero
    case .none: return .zero
    }
  }

  private func note(_ rule: @autoclosure () -> String, _ result: @autoclosure () -> String) {
    guard steps != nil else { return }
    steps?.append(.init(rule: rule(), result: result()))
  }
}
