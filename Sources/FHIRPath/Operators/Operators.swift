// The binary operators of section 6, each group in a file of its own.
extension Evaluation {
  mutating func evaluate(
    _ binary: BinaryOperator, _ left: StepID, _ right: StepID, at step: StepID
  ) throws(FormulaFault) -> Items {
    switch binary {
    case .equal: .boolean(try equality(left, right))
    case .notEqual: .boolean(try equality(left, right).map { !$0 })
    case .equivalent: .boolean(try equivalence(left, right))
    case .notEquivalent: .boolean(try !equivalence(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .boolean(try ordering(binary, left, right))
    case .and, .or, .xor, .implies: .boolean(try logic(binary, left, right))
    case .in: .boolean(try membership(of: left, in: right))
    case .contains: .boolean(try membership(of: right, in: left))
    case .concatenate: try concatenation(left, right, at: step)
    case .union: try union(left, right, at: step)
    case .add, .subtract, .multiply, .divide, .div, .mod: try arithmetic(binary, left, right, at: step)
    }
  }
}
