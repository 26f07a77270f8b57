// `and`, `or`, `xor`, `implies` with three values, section 6.5.
extension Evaluation {
  mutating func logic(_ binary: BinaryOperator, _ left: StepID, _ right: StepID) throws(FormulaFault) -> Bool?
  {
    let a = try condition(left)
    switch (binary, a) {
    case (.and, false): return false
    case (.or, true), (.implies, false): return true
    case (.xor, nil): return nil
    default: break
    }
    let b = try condition(right)
    switch binary {
    case .and: return b == false ? false : a.flatMap { _ in b }
    case .or: return b == true ? true : a.flatMap { _ in b }
    case .implies: return b == true ? true : a.flatMap { _ in b }
    default: return b.map { $0 != a }
    }
  }
}
