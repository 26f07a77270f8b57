/// A batch to be closed: a numbered set of records for one debtor that never changes.
public struct NewBillingBatch: Sendable, Equatable {
  /// The number that it must get: one more than the last.
  public let number: Int64
  /// The claim's id (`ZVF…`).
  public let claim: String
  /// The debtor region's county code.
  public let debtor: String
  /// The month that was closed, `2026-10`.
  public let month: String
  /// The batch whose lines it credits; nil for debits.
  public let credits: Int64?
  /// The records in the order of their lines.
  public let records: [Int64]
  /// The sum of the records, in öre.
  public let amount: Int64
  /// SHA-256 of its lines, in hexadecimal: a control sum.
  public let digest: String
  /// The day of issue, `2026-11-21`.
  public let issued: String
  /// When it was closed, in milliseconds since 1970, UTC.
  public let made: Int64
  /// Who owes whom and how it is paid, as it was then.
  public let terms: [UInt8]

  /// A batch with these parts.
  public init(
    number: Int64, claim: String, debtor: String, month: String, credits: Int64?, records: [Int64],
    amount: Int64, digest: String, issued: String, made: Int64, terms: [UInt8]
  ) {
    self.number = number
    self.claim = claim
    self.debtor = debtor
    self.month = month
    self.credits = credits
    self.records = records
    self.amount = amount
    self.digest = digest
    self.issued = issued
    self.made = made
    self.terms = terms
  }
}

/// A batch as it is stored.
public struct StoredBillingBatch: Sendable, Equatable {
  /// Its number; there are no gaps.
  public let number: Int64
  /// The claim's id.
  public let claim: String
  /// The debtor region's county code.
  public let debtor: String
  /// The month that was closed.
  public let month: String
  /// The batch whose lines it credits.
  public let credits: Int64?
  /// How many lines it has.
  public let lines: Int64
  /// The sum of its lines, in öre, positive also for credits.
  public let amount: Int64
  /// SHA-256 of its lines.
  public let digest: String
  /// The day of issue.
  public let issued: String
  /// When it was closed, in milliseconds since 1970, UTC.
  public let made: Int64
  /// Who owes whom and how it is paid, as it was then.
  public let terms: [UInt8]
  /// What was last heard of it; `closed` before anything was.
  public let state: String
  /// What was paid, in öre.
  public let paid: Int64
}

/// Something that happened to a batch.
public struct BillingEvent: Sendable, Equatable {
  /// The batch's number.
  public let batch: Int64
  /// `sent`, `accepted`, `rejected` or `paid`.
  public let state: String
  /// The reason, or where it was read.
  public let detail: String
  /// What was paid, in öre; else 0.
  public let amount: Int64
  /// When it was heard, in milliseconds since 1970, UTC.
  public let made: Int64
  /// What makes it one: the same key again adds nothing.
  public let key: String

  /// An event with these parts.
  public init(batch: Int64, state: String, detail: String, amount: Int64, made: Int64, key: String) {
    self.batch = batch
    self.state = state
    self.detail = detail
    self.amount = amount
    self.made = made
    self.key = key
  }
}

/// Open records that go into batches together.
public struct OpenBilling: Sendable, Equatable {
  /// The debtor region's county code.
  public let debtor: String
  /// The batch whose lines they credit; nil for debits.
  public let credits: Int64?
  /// The month of their visits.
  public let month: String
  /// How many.
  public let count: Int64
  /// Their sum, in öre.
  public let amount: Int64
}

/// What a debtor was billed for visits of one month.
public struct BilledMonth: Sendable, Equatable {
  /// The debtor region's county code.
  public let debtor: String
  /// The visits' month.
  public let month: String
  /// Debits less credits.
  public let count: Int64
  /// Likewise, in öre.
  public let amount: Int64
}
