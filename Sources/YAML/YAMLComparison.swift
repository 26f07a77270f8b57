extension YAMLNode {
  /// The first part of this tree that is another in `other`; positions and styles do not count, but whether a text
  /// stands in quotes does.
  /// - Parameter isSame: whether two scalars are equal.
  public func difference(
    from other: YAMLNode, where isSame: (YAMLNode, YAMLNode) -> Bool
  ) -> YAMLNode? {
    switch (content, other.content) {
    case (.scalar, .scalar): isSame(self, other) ? nil : self
    case (.sequence(let items), .sequence(let others)) where items.count == others.count:
      zip(items, others).lazy.compactMap { $0.difference(from: $1, where: isSame) }.first
    case (.mapping(let entries), .mapping(let others)) where entries.count == others.count:
      zip(entries, others).lazy.compactMap {
        $0.key.difference(from: $1.key, where: isSame) ?? $0.value.difference(from: $1.value, where: isSame)
      }.first
    default: self
    }
  }

  /// Whether this scalar and another are the same text, with or without quotes alike.
  public func hasText(of other: YAMLNode) -> Bool { text == other.text && isPlain == other.isPlain }
}
