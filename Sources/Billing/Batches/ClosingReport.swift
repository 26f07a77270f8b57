/// What closing a month came to, or would.
public struct ClosingReport: Sendable, Equatable {
  /// One batch.
  public struct Batch: Sendable, Equatable {
    /// Its number.
    public let number: Int64
    /// Its claim's id.
    public let claim: String
    /// The debtor's county code.
    public let debtor: String
    /// The batch that it credits; nil for debits.
    public let credits: Int64?
    /// How many lines.
    public let lines: Int
    /// Their sum, positive also for credits.
    public let total: Money
    /// SHA-256 of the lines.
    public let digest: String
  }

  /// A record that stays open.
  public struct LeftOut: Sendable, Equatable {
    /// Its number.
    public let record: Int64
    /// The check's name.
    public let check: String
    /// What is wrong.
    public let reason: String
  }

  /// In the order of their numbers.
  public var batches: [Batch] = []
  /// In the order of their numbers.
  public var leftOut: [LeftOut] = []
}
