import Documents

/// Hears what a formula's parts give while it is evaluated.
public protocol FormulaTrace: AnyObject {
  /// What a part of the formula gave.
  /// - Parameters:
  ///   - range: where the part stands: characters (Unicode scalars) from the start of the formula's text.
  ///   - name: the name that `trace()` gives to its input, else `nil`.
  func gave(_ items: Items, at range: Range<Int>, named name: String?, in forest: borrowing Forest)
}
