public import Store

/// What a visit's new price does to its billing: pure.
public enum VisitChange {
  /// The change; nil when nothing changes: the same again, older news, or a visit that is not over.
  /// - Parameters:
  ///   - position: where the visit's billing stands; nil when nothing is known of it.
  ///   - pricing: what the visit comes to now.
  ///   - facts: what that was decided from, as JSON.
  ///   - rules: the version of the rules that decided.
  ///   - made: milliseconds since 1970, UTC.
  public static func change(
    from position: BillingPosition?, to pricing: Pricing, facts: [UInt8], rules: String, made: Int64
  ) -> BillingChange? {
    guard let record = record(pricing, facts, rules, made, isKnown: position != nil) else { return nil }
    guard let position else {
      return BillingChange(
        visit: pricing.visit, expectedVersion: 0, previous: .none, record: record, revision: pricing.revision)
    }
    guard pricing.revision >= position.revision else { return nil }
    let current = position.record
    let isSame = same(record, current.content)
    if isSame, pricing.revision == position.revision, facts == position.facts { return nil }
    return BillingChange(
      visit: pricing.visit, expectedVersion: position.version,
      previous: isSame ? .kept(current.number, facts: facts) : previous(current, record),
      record: isSame ? nil : record,
      revision: pricing.revision)
  }

  /// A billed record is credited whole and billed anew; one that no batch holds is only replaced.
  private static func previous(
    _ current: StoredBillingRecord, _ record: NewBillingRecord
  ) -> BillingChange.Previous {
    guard current.batch != nil else { return .withdrawn(current.number) }
    let old = current.content
    return .credited(
      current.number,
      NewBillingRecord(
        kind: .credit, debtor: old.debtor, month: old.month, amount: old.amount,
        reason: CreditReason.of(old, record).rawValue, rules: record.rules,
        made: record.made, body: old.body, facts: record.facts))
  }

  /// Whether two records bill the same: then nothing is to be done, whatever else was told of the visit.
  private static func same(_ one: NewBillingRecord, _ other: NewBillingRecord) -> Bool {
    one.kind == other.kind && one.debtor == other.debtor && one.amount == other.amount
      && one.month == other.month && one.reason == other.reason && one.body == other.body
  }

  private static func record(
    _ pricing: Pricing, _ facts: [UInt8], _ rules: String, _ made: Int64, isKnown: Bool
  ) -> NewBillingRecord? {
    func record(
      _ kind: BillingKind, debtor: String = "", amount: Money = .zero, reason: String = "", body: [UInt8] = []
    ) -> NewBillingRecord {
      NewBillingRecord(
        kind: kind, debtor: debtor, month: pricing.month, amount: amount.öre, reason: reason, rules: rules,
        made: made, body: body, facts: facts)
    }
    switch pricing.outcome {
    case .billed(let visit):
      return record(.debit, debtor: visit.county, amount: visit.net, body: visit.line)
    case .notBilled(let code): return record(.notBilled, reason: code)
    case .waiting(let question): return record(.waiting, reason: question.rawValue)
    case .notYet: return isKnown ? record(.notBilled, reason: "not-complete") : nil
    }
  }
}

/// Why a line is credited, by the contract's codes (R36).
public enum CreditReason: String, CaseIterable, Sendable {
  /// Another region pays.
  case wrongRegion = "1"
  /// The price was wrong.
  case wrongPrice = "2"
  /// The product, or something else about the line, was wrong.
  case wrongProduct = "3"
  /// It was billed later than six months after the visit.
  case late = "6"
  /// It was billed twice.
  case double = "7"
  /// It is not to be billed.
  case notBillable = "9"

  /// What follows from the record that comes instead.
  static func of(_ old: NewBillingRecord, _ new: NewBillingRecord) -> CreditReason {
    if new.kind == .notBilled { return .notBillable }
    if new.kind == .waiting || new.debtor != old.debtor { return .wrongRegion }
    return new.amount == old.amount ? .wrongProduct : .wrongPrice
  }
}
