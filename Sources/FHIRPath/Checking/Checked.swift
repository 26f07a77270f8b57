/// A compiled part of a formula, and what is known of what it gives.
struct Checked {
  let step: StepID
  let type: FormulaType
  let repeats: Bool
  /// Where it stands.
  let range: Range<Int>
  /// Whether it gives several items whatever the message says: `1 | 2`.
  var isManifold = false
  /// Whether it is `{}`, which goes with every type.
  var isNothing = false

  /// The type of what may be this or another; `{}` takes the other's.
  func type(joinedWith other: Checked) -> FormulaType? {
    if isNothing { return other.type }
    return other.isNothing ? type : type.joined(with: other.type)
  }
}
