public import Diagnostics
public import Mapping
public import Store

/// Bills visits: reads where each stands, prices it, and tells what changes. One thread at a time may use it.
public final class VisitBilling {
  /// The mapping that writes what billing knows of a visit.
  public static let mapping = "billing/visit"

  private let pricer: Pricer
  private let store: any BillingStore

  /// Bills by rules that were read with this library.
  public init(_ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore) {
    pricer = Pricer(rules, library)
    self.store = store
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
        let facts = position.record.content.facts
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
