public import Store

/// Takes a closed batch back: every line that still counts is credited and is open again, to be billed anew.
public enum BatchReopener {
  /// Makes the credits and the new records; the credit batch is made by closing. Lines that were credited since stay
  /// as they are.
  /// - Parameter reason: for the credits (R36).
  /// - Returns: how many lines were taken back.
  /// - Throws: a ``StoreError``.
  public static func reopen(
    _ batch: Int64, reason: CreditReason, now: Int64, in store: any BillingStore
  ) throws(StoreError) -> Int {
    var (line, taken): (Int64, Int) = (0, 0)
    while true {
      let page = try store.billingLines(ofBatch: batch, after: line, limit: 1000)
      guard let end = page.last?.line else { return taken }
      var changes: [BillingChange] = []
      for record in page where record.content.kind == .debit {
        guard let position = try store.billingPosition(ofVisit: record.visit),
          position.record.number == record.number
        else { continue }
        changes.append(change(record, position, reason, now))
      }
      if !changes.isEmpty { try store.changeAndWait(changes) }
      (line, taken) = (end, taken + changes.count)
    }
  }

  private static func change(
    _ record: StoredBillingRecord, _ position: BillingPosition, _ reason: CreditReason, _ now: Int64
  ) -> BillingChange {
    let old = record.content
    func copy(_ kind: BillingKind, _ reason: String) -> NewBillingRecord {
      NewBillingRecord(
        kind: kind, debtor: old.debtor, month: old.month, amount: old.amount, reason: reason,
        rules: old.rules,
        made: now, body: old.body, facts: position.facts)
    }
    return BillingChange(
      visit: record.visit, expectedVersion: position.version,
      previous: .credited(record.number, copy(.credit, reason.rawValue)), record: copy(.debit, ""),
      revision: position.revision)
  }
}
