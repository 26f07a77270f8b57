/// What a billing record says of its visit.
public enum BillingKind: Int64, CaseIterable, Sendable {
  /// The debtor owes the amount.
  case debit = 1
  /// An earlier debit is taken back whole; the amount is that of the debit, positive.
  case credit = 2
  /// Nobody is billed, for the reason.
  case notBilled = 3
  /// A person must find out something first, which the reason names.
  case waiting = 4
}

/// A billing record to be stored. Nothing of it ever changes.
public struct NewBillingRecord: Sendable, Equatable {
  /// What it says.
  public let kind: BillingKind
  /// The debtor region's county code; empty where there is none.
  public let debtor: String
  /// The month of the visit, `2026-10`; empty where it is unknown.
  public let month: String
  /// In öre, never negative.
  public let amount: Int64
  /// A reason's code: why it is credited, not billed, or waits; empty for debits.
  public let reason: String
  /// The version of the rules that decided.
  public let rules: String
  /// When it was made, in milliseconds since 1970, UTC.
  public let made: Int64
  /// The line of the claim, as JSON.
  public let body: [UInt8]
  /// What was known of the visit, as JSON.
  public let facts: [UInt8]

  /// A record with these parts.
  public init(
    kind: BillingKind, debtor: String, month: String, amount: Int64, reason: String, rules: String,
    made: Int64, body: [UInt8], facts: [UInt8]
  ) {
    self.kind = kind
    self.debtor = debtor
    self.month = month
    self.amount = amount
    self.reason = reason
    self.rules = rules
    self.made = made
    self.body = body
    self.facts = facts
  }
}

/// A billing record as it is stored.
public struct StoredBillingRecord: Sendable, Equatable {
  /// Its number.
  public let number: Int64
  /// The visit's id.
  public let visit: String
  /// The debit that it takes back, when it is a credit.
  public let credits: Int64?
  /// The batch that holds it; nil while it is open, and for what is never billed.
  public let batch: Int64?
  /// Its line in the batch, from 1.
  public let line: Int64?
  /// What it says.
  public let content: NewBillingRecord
}

/// Where a visit's billing stands: its last record, and how many changes there were.
public struct BillingPosition: Sendable, Equatable {
  /// How many changes the visit has had; none is version 0 and has no position.
  public let version: Int64
  /// The record that counts.
  public let record: StoredBillingRecord
  /// When the visit was changed last, in milliseconds since 1970: older news counts no more.
  public let revision: Int64
  /// What is known of the visit now, as JSON: newer than the record's own where it came to the same.
  public let facts: [UInt8]
}

/// What a visit's change does to its billing, all or nothing.
///
/// The writer only checks that nothing has happened since: another version of the visit, or a batch closed over
/// the record that would be withdrawn, fails the whole with ``StoreError/stale``.
public struct BillingChange: Sendable, Equatable {
  /// What becomes of the record that counted before.
  public enum Previous: Sendable, Equatable {
    /// There is none.
    case none
    /// It was never billed, and will not be.
    case withdrawn(Int64)
    /// It was billed; this record takes it back.
    case credited(Int64, NewBillingRecord)
    /// It still counts; the revision is newer, or what is known, which these facts are.
    case kept(Int64, facts: [UInt8])
  }

  /// The visit's id.
  public let visit: String
  /// The version that the change was computed from; 0 for a visit without position.
  public let expectedVersion: Int64
  /// What becomes of the record before.
  public let previous: Previous
  /// The record that counts from now on; nil when the one before is kept.
  public let record: NewBillingRecord?
  /// When the visit was changed, in milliseconds since 1970.
  public let revision: Int64

  /// A change with these parts.
  public init(
    visit: String, expectedVersion: Int64, previous: Previous, record: NewBillingRecord?, revision: Int64
  ) {
    self.visit = visit
    self.expectedVersion = expectedVersion
    self.previous = previous
    self.record = record
    self.revision = revision
  }
}
