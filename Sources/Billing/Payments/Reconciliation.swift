public import Store

/// Compares batches with what a debtor says it received: a table with the columns `claim`, `line` and `amount`, and
/// `rejected` with a reason where it refuses a line.
public enum Reconciliation {
  /// One difference.
  public enum Difference: Sendable, Equatable, Comparable {
    /// The debtor lacks a line.
    case missing(claim: String, line: Int64)
    /// The debtor has a line that was never billed.
    case unknown(claim: String, line: Int64)
    /// The amounts differ: ours, theirs.
    case amount(claim: String, line: Int64, Money, Money)
    /// The debtor refuses a line, for this reason.
    case rejected(claim: String, line: Int64, String)
    /// The debtor names a line twice.
    case twice(claim: String, line: Int64)
    /// A row that can't be read.
    case unreadable(row: Int)
  }

  /// The differences, sorted; only claims that the table names are compared.
  /// - Returns: nil for what is no table.
  /// - Throws: a ``StoreError``.
  public static func compare(
    _ bytes: [UInt8], with store: any BillingStore
  ) throws(StoreError) -> [Difference]? {
    guard let rows = FinanceTable.read(bytes) else { return nil }
    var differences: [Difference] = []
    var theirs: [String: [Int64: (amount: Money, rejected: String)]] = [:]
    for (index, row) in rows.enumerated() {
      guard let claim = row["claim"], let line = row["line"].flatMap(Int64.init),
        let amount = row["amount"].flatMap(FinanceTable.money)
      else {
        differences.append(.unreadable(row: index + 2))
        continue
      }
      if theirs[claim, default: [:]].updateValue((amount, row["rejected"] ?? ""), forKey: line) != nil {
        differences.append(.twice(claim: claim, line: line))
      }
    }
    let batches = try store.billingBatches()
    for (claim, lines) in theirs {
      let ours = try self.ours(claim, batches, store)
      for line in ours.keys where lines[line] == nil {
        differences.append(.missing(claim: claim, line: line))
      }
      for (line, given) in lines {
        if !given.rejected.isEmpty { differences.append(.rejected(claim: claim, line: line, given.rejected)) }
        guard let amount = ours[line] else {
          differences.append(.unknown(claim: claim, line: line))
          continue
        }
        if amount != given.amount {
          differences.append(.amount(claim: claim, line: line, amount, given.amount))
        }
      }
    }
    return differences.sorted()
  }

  private static func ours(
    _ claim: String, _ batches: [StoredBillingBatch], _ store: any BillingStore
  ) throws(StoreError) -> [Int64: Money] {
    guard let batch = batches.first(where: { $0.claim == claim }) else { return [:] }
    var lines: [Int64: Money] = [:]
    for record in try store.billingLines(ofBatch: batch.number, after: 0, limit: Int(batch.lines)) {
      lines[record.line ?? 0] = Money(öre: record.content.amount)
    }
    return lines
  }
}
