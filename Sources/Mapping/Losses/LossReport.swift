/// What a translation from one format to another carries, field by field.
public struct LossReport: Sendable {
  /// The mapping that reads.
  public let source: String
  /// The mapping that writes.
  public let target: String
  /// The source's fields in its shape's order.
  public let fields: [FieldLoss]
  /// Fields that the target requires and that the source does not always feed.
  public let unfed: [UnfedField]
  /// How many documents were translated to find out, and how many of them the target took.
  public let documents: (made: Int, taken: Int)
}

/// What becomes of one field of the source.
public struct FieldLoss: Sendable {
  /// From best to worst.
  public enum Fate: String, Sendable, CaseIterable {
    /// Every value arrives, and two that differ stay different.
    case arrives
    /// Something of it arrives: with lower precision, fewer codes, fewer repetitions, or through a formula.
    case narrowed
    /// Nothing of it arrives.
    case lost
  }

  /// The path in the source's shape; slices in brackets, repetitions without numbers.
  public let path: String
  /// The type as the shape writes it.
  public let type: String
  /// The best that happens to it.
  public let fate: Fate
  /// Where it arrives in the target.
  public let written: [String]
  /// Where it stands in the hub, as the lines write it.
  public let hub: [String]
  /// Why it is narrowed or lost.
  public let reasons: [String]
  /// The lines that carry it, those of the source first.
  public let rules: [Rule]
}

/// A field that the target requires.
public struct UnfedField: Sendable {
  /// The path in the target's shape.
  public let path: String
  /// Whether no document feeds it; else it depends on what the document says.
  public let isNeverFed: Bool
  /// The source's fields that feed it when they are there.
  public let sources: [String]
}
