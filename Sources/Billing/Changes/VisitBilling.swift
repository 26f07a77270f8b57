public import Diagnostics
public import Mapping
public import Store

/// Bills visits: reads where each stands, prices it, and tells what changes. One thread at a time may use it.
public final class VisitBilling {
  /// The mapping that writes what billing knows of a visit.
  public static let mapping = "billing/visit"

  private let pricer: Pricer
  private let store: any BillingStore
  private let book: ResidenceBook

  /// Bills by rules that were read with this library.
  /// - Parameter pseudonym: stands a keyed code in the place of a patient's number, always the same.
  public init(
    _ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore & KeptStore,
    pseudonym: @escaping @Sendable (String) -> String = { $0 }
  ) {
    pricer = Pricer(rules, library)
    self.store = store
    book = ResidenceBook(store: store, pseudonym: pseudonym)
  }

  /// Whether messages of a mapping are answers of the population register.
  public func isRegister(_ mapping: String) -> Bool { pricer.rules.registerMessages.contains(mapping) }

  /// What a visit's news does to billing, by what the population register has answered about its day.
  /// - Parameters:
  ///   - facts: the document `billing/visit`, as the mapping of that name writes it from the hub.
  ///   - now: milliseconds since 1970, UTC.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func news(of facts: [UInt8], now: Int64) throws -> BillingNews {
    var news = BillingNews()
    var facts = facts
    let visit = try pricer.price(facts)
    if !pricer.rules.registerMessages.isEmpty, !visit.visit.isEmpty, !visit.patient.isEmpty {
      var page = try book.page(of: visit.patient)
      facts = page.residences.facts(on: visit.day)?.added(to: facts) ?? facts
      if !page.residences.visits.contains(visit.visit) {
        page.residences.add(visit: visit.visit)
        news.kept = [try page.change()]
      }
    }
    if let change = try change(of: facts, now: now) { news.changes = [change] }
    return news
  }

  /// What an answer of the population register does: the visits of the patients that it is about are priced by it.
  /// - Parameters:
  ///   - document: the document `billing/register`, as the mapping of that name writes it from the register's message.
  ///   - told: when the register answered, in milliseconds since 1970, UTC.
  ///   - now: likewise.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func news(ofRegister document: [UInt8], told: Int64, now: Int64) throws -> BillingNews {
    var news = BillingNews()
    let answers = try RegisterAnswer.read(document)
    for number in Set(answers.map(\.number)).sorted() where !number.isEmpty {
      var page = try book.page(of: number)
      let before = page.residences
      for answer in answers where answer.number == number { page.residences.add(answer, told: told) }
      guard page.residences != before else { continue }
      news.kept.append(try page.change())
      for visit in page.residences.visits {
        guard let change = try change(of: visit, by: page.residences, now) else { continue }
        news.changes.append(change)
      }
    }
    return news
  }

  private func change(
    of visit: String, by residences: Residences, _ now: Int64
  ) throws -> BillingChange? {
    guard let position = try store.billingPosition(ofVisit: visit) else { return nil }
    let known = position.facts
    let facts = residences.facts(on: try pricer.price(known).day)?.added(to: known) ?? known
    return VisitChange.change(
      from: position, to: try pricer.price(facts), facts: facts, rules: pricer.rules.version, made: now)
  }

  /// What a visit's news does to its billing; nil for nothing.
  ///
  /// Whoever stores the change does so with the news, in one record; after ``StoreError/stale`` this is to be asked
  /// again.
  /// - Parameters:
  ///   - facts: the document `billing/visit`, as the mapping of that name writes it from the hub.
  ///   - now: milliseconds since 1970, UTC.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func change(of facts: [UInt8], now: Int64) throws -> BillingChange? {
    let pricing = try pricer.price(facts)
    guard !pricing.visit.isEmpty else { return nil }
    let position = try store.billingPosition(ofVisit: pricing.visit)
    return VisitChange.change(
      from: position, to: pricing, facts: facts, rules: pricer.rules.version, made: now)
  }

  /// Prices all visits anew, by the rules of now, and stores what changes: after new prices, or new answers.
  /// - Parameter progress: hears how many visits were priced.
  /// - Returns: how many changed.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func priceAnew(now: Int64, progress: (Int) -> Void = { _ in }) throws -> Int {
    var (last, priced, changed) = ("", 0, 0)
    while true {
      let page = try store.billingPositions(after: last, limit: 1000)
      guard let end = page.last else { return changed }
      var changes: [BillingChange] = []
      for position in page {
        let facts = position.facts
        let pricing = try pricer.price(facts)
        if let change = VisitChange.change(
          from: position, to: pricing, facts: facts, rules: pricer.rules.version, made: now)
        {
          changes.append(change)
        }
      }
      if !changes.isEmpty { try store.changeAndWait(changes) }
      last = end.record.visit
      (priced, changed) = (priced + page.count, changed + changes.count)
      progress(priced)
    }
  }

  /// How a visit's price comes about.
  public func explain(_ facts: [UInt8]) throws(Diagnostic) -> Pricing { try pricer.price(facts) }
}
