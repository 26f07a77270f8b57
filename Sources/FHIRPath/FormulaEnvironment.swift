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
  /// The time that `now()`, `today()` and `timeOfDay()` give: a dateTime with an offset. Nothing asks a clock.
  public var now = TextRange.empty
  /// The documents and resources that `resolve()` looks in; a resource's own text is its reference, if it has one.
  public var resources = Arena<NodeID>(capacity: 16)
  /// Whether ids and extensions of JSON's primitives (`_birthDate`) may stand in the documents.
  public var hasPrimitiveElements = false
  /// Hears what `trace()` and every step give.
  public var trace: (any FormulaTrace)?

  /// An environment in which nothing has a value.
  public init() {}
}
