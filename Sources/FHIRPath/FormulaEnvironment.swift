import Documents

/// What a formula reads when it is evaluated; the indexes are those of its scope's bindings.
public struct FormulaEnvironment: Sendable {
  /// The element that the formula is about, `nil` when there is none.
  public var context: NodeID?
  /// The named nodes; `nil` for one that this message has not.
  public var nodes: [NodeID?]
  /// The named texts; an empty one counts as absent.
  public var texts: [TextRange]

  /// An environment of a context element and named values.
  public init(context: NodeID? = nil, nodes: [NodeID?] = [], texts: [TextRange] = []) {
    self.context = context
    self.nodes = nodes
    self.texts = texts
  }
}
