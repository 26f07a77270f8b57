public import Diagnostics
import Documents
import FHIRPath
import Formats
public import Mapping

/// Prices visits by rules: pure, and quick because it keeps its memory. One thread at a time may use it.
public final class Pricer {
  /// The rules.
  public let rules: BillingRules
  private let names: FactNames
  private var forest: Forest
  private var environment = FormulaEnvironment()
  private var steps: [Pricing.Step] = []

  /// A pricer by rules that were read with this library.
  public init(_ rules: BillingRules, _ library: MappingLibrary) {
    self.rules = rules
    names = FactNames(library.names)
    forest = Forest(names: library.names)
  }

  /// What a visit comes to.
  /// - Parameter facts: the document `billing/visit`.
  /// - Throws: what makes it unreadable, or a rule's condition unanswerable.
  public func price(_ facts: [UInt8]) throws(Diagnostic) -> Pricing {
    forest.removeAll()
    steps.removeAll(keepingCapacity: true)
    let root = try JSONReader().read(facts, named: "visit", into: &forest)
    environment.context = root
    let visit = VisitFacts(root, forest, names)
    let outcome = try decide(visit)
    return Pricing(
      visit: visit.visit, patient: visit.number, patientSystem: visit.system, day: visit.day,
      revision: Milliseconds.read(visit.changedAt), month: visit.day?.monthText ?? "",
      outcome: outcome, steps: steps)
  }

  private func decide(_ visit: VisitFacts) throws(Diagnostic) -> Pricing.Outcome {
    guard try holds(rules.complete, "rules.yaml, complete") else { return .notYet }
    if let reason = try first(rules.notBilled) {
      steps.append(.init(rule: reason.rule, result: "not billed: \(reason.code)"))
      return .notBilled(code: reason.code)
    }
    steps.append(.init(rule: "not-billed", result: "none of the \(rules.notBilled.count) reasons holds"))
    let home = home(visit)
    steps.append(
      .init(rule: "county-from: \(home.source)", result: "county \(home.county.isEmpty ? "?" : home.county)"))
    guard Counties.known.contains(home.county) else {
      return .waiting(home.county.isEmpty && isResidentLater(visit) ? .residenceLater : .countyUnknown)
    }
    if home.county == rules.seller.region.county {
      steps.append(.init(rule: "seller.county", result: "not billed: own-county"))
      return .notBilled(code: Self.ownCounty)
    }
    return try price(visit, home)
  }

  /// The reason of visits by residents of the seller's own county.
  static let ownCounty = "own-county"

  private typealias Home = (county: String, municipality: String, source: String)

  private func home(_ visit: VisitFacts) -> Home {
    for source in rules.countySources {
      if source == "register", !visit.registerCounty.isEmpty, !isResidentLater(visit) {
        return (visit.registerCounty, visit.registerMunicipality, source)
      }
      if source == "event", !visit.county.isEmpty { return (visit.county, visit.municipality, source) }
    }
    return ("", "", "nobody knows")
  }

  /// Where somebody is registered counts when the contact begins (billing.md, section 2): an answer about later days
  /// tells nothing.
  private func isResidentLater(_ visit: VisitFacts) -> Bool {
    guard let day = visit.day, let since = CalendarDay(visit.registerSince) else { return false }
    return since > day
  }

  private func price(_ visit: VisitFacts, _ home: Home) throws(Diagnostic) -> Pricing.Outcome {
    if let question = question(visit, home) { return .waiting(question) }
    let profession =
      visit.profession.isEmpty ? rules.occupations[visit.occupation] ?? "" : visit.profession
    guard let group = rules.groups[profession] else { return .waiting(.professionUnknown) }
    guard rules.forms.contains(visit.form) else { return .waiting(.formUnknown) }
    guard let day = visit.day,
      let price = rules.prices.price(group: group, form: visit.form, kind: visit.kind, on: day)
    else { return .waiting(.unpriced) }
    steps.append(
      .init(rule: "\(price.place.file):\(price.place.line)", result: "\(price.subject.text): \(price.amount)")
    )
    let exemption = try first(rules.fees)
    let fee = fee(visit, exemption)
    if exemption != nil, visit.isFeePaid, let paid = visit.fee, paid > .zero {
      return .waiting(.feeDespiteExemption)
    }
    guard fee <= price.amount, fee >= .zero else { return .waiting(.feeExceedsPrice) }
    steps.append(
      .init(
        rule: exemption?.rule ?? "fee-deducted: \(rules.deduction.rawValue)",
        result: exemption.map { "no fee: \($0.code)" } ?? "less the fee: \(fee)"))
    let net = price.amount - fee
    steps.append(.init(rule: "price - fee", result: "net: \(net)"))
    let line = ClaimLine(visit, rules, profession, home.county, home.municipality, price, fee, net, exemption)
    return .billed(
      BilledVisit(county: home.county, price: price, fee: fee, net: net, line: line.bytes))
  }

  /// What the official rules would let through, or refuse only after the claim is sent.
  private func question(_ visit: VisitFacts, _ home: Home) -> Pricing.Question? {
    if rules.regions[home.county] == nil { return .regionUnknown }
    if !home.municipality.hasPrefix(home.county) || !rules.municipalities.contains(home.municipality) {
      return .municipalityUnknown
    }
    if !NumberChecks.isPersonNumber(visit.number) { return .patientNumber }
    if visit.day == nil { return .dayUnknown }
    return visit.unit.isEmpty || visit.unitName.isEmpty ? .unitUnknown : nil
  }

  private func fee(_ visit: VisitFacts, _ exemption: Condition?) -> Money {
    guard exemption == nil, let fee = visit.fee else { return .zero }
    switch rules.deduction {
    case .owed: return fee
    case .paid: return visit.isFeePaid ? fee : .zero
    case .none: return .zero
    }
  }

  private func first(_ conditions: [Condition]) throws(Diagnostic) -> Condition? {
    for condition in conditions where try holds(condition.formula, condition.rule) { return condition }
    return nil
  }

  private func holds(_ formula: Formula, _ rule: String) throws(Diagnostic) -> Bool {
    let (nodes, text) = (forest.next, forest.text.count)
    defer {
      forest.truncate(to: nodes)
      forest.text.truncate(to: text)
    }
    do throws(FormulaFault) {
      guard let item = try formula.evaluate(over: &forest, in: &environment).first else { return false }
      return forest.isTrue(item)
    } catch {
      throw Diagnostic(error.problem, at: Place(file: rule, line: 1, column: 1))
    }
  }
}
