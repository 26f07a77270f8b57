public import Store

/// What a message does to billing, to be stored with its other effects in one record.
public struct BillingNews: Sendable, Equatable {
  /// What becomes of the billing of visits.
  public var changes: [BillingChange] = []
  /// What is remembered of where patients are registered.
  public var kept: [KeptChange] = []

  /// Nothing.
  public init() {}

  /// These changes alone.
  public init(_ changes: [BillingChange]) {
    self.changes = changes
  }

  /// Whether nothing changes.
  public var isEmpty: Bool { changes.isEmpty && kept.isEmpty }
}
