public import Documents

/// What a formula reads when it is evaluated; the indexes are those of its scope's bindings.
///
/// Whoever evaluates formulas keeps one and changes it from formula to formula.
public struct FormulaEnvironment: ~Copyable {
  /// The element that the formula is about, `nil` when there is none.
  public var context: NodeID?
  /// The named nodes; -1 for one that this message has not.
  public var nodes = Arena<NodeID>(capacity: 16)
  /// The named texts; an empty one counts as absent.
  public var texts = Arena<TextRange>(capacity: 4)

  /// An environment in which nothing has a value.
  public init() {}
}
