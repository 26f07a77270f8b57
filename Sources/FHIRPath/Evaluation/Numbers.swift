// What the functions of section 5.7 ask of their input.
extension Evaluation {
  mutating func number(_ call: Call) throws(FormulaFault) -> ExactDecimal? { try number(call.input) }

  /// A step's number; `nil` for nothing.
  mutating func number(_ step: StepID) throws(FormulaFault) -> ExactDecimal? {
    guard let item = try single(step) else { return nil }
    guard let number = decimal(item) else { throw fault(item, expected: .decimal, at: step) }
    return number
  }
}
