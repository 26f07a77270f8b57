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

  /// The mapping that writes what billing takes of messages of a mapping, when these are the answers of a register:
  /// ``RegisterAnswer/mapping`` or ``FreeCard/mapping``; else nil.
  public func register(of mapping: String) -> String? {
    if pricer.rules.registerMessages.contains(mapping) { return RegisterAnswer.mapping }
    return pricer.rules.freeCardMessages.contains(mapping) ? FreeCard.mapping : nil
  }

  /// Whether registers are heard at all.
  private var hasRegisters: Bool {
    !pricer.rules.registerMessages.isEmpty || !pricer.rules.freeCardMessages.isEmpty
  }

  /// What a visit's news does to billing, by what registers have answered about its day.
  /// - Parameters:
  ///   - facts: the document `billing/visit`, as the mapping of that name writes it from the hub.
  ///   - now: milliseconds since 1970, UTC.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func news(of facts: [UInt8], now: Int64) throws -> BillingNews {
    var news = BillingNews()
    var facts = facts
    let visit = try pricer.subject(of: facts)
    if hasRegisters, !visit.visit.isEmpty, !visit.patient.isEmpty {
      var page = try book.page(of: visit.patient)
      facts = page.residences.facts(on: visit.day, visit.begins)?.added(to: facts) ?? facts
      if !page.residences.visits.contains(visit.visit) {
        page.residences.add(visit: visit.visit)
        news.kept = [page.change()]
      }
    }
    if let change = try change(of: facts, now: now) { news.changes = [change] }
    return news
  }

  /// What an answer of a register does: the visits of the patients that it is about are priced by it.
  /// - Parameters:
  ///   - document: the document `billing/register` or `billing/free-card`, as the mapping of that name writes it from
  ///     the register's message.
  ///   - told: when the register answered, in milliseconds since 1970, UTC.
  ///   - now: likewise.
  /// - Throws: a `Diagnostic` or a ``StoreError``.
  public func news(ofRegister document: [UInt8], told: Int64, now: Int64) throws -> BillingNews {
    var news = BillingNews()
    let (answers, cards) = (try RegisterAnswer.read(document), try FreeCard.read(document))
    let numbers = answers.map(\.number) + cards.flatMap(\.holders)
    for number in Set(numbers).sorted() where !number.isEmpty {
      var page = try book.page(of: number)
      let before = page.residences
      for answer in answers where answer.number == number { page.residences.add(answer, told: told) }
      for card in cards where card.holders.contains(number) { page.residences.add(card, told: told) }
      guard page.residences != before else { continue }
      news.kept.append(page.change())
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
    let subject = try pricer.subject(of: known)
    let facts = residences.facts(on: subject.day, subject.begins)?.added(to: known) ?? known
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
  public func explain(_ facts: [UInt8]) throws(Diagnostic) -> Pricing { try pricer.explain(facts) }
}
