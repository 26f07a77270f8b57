/// A function of the specification: what it takes and gives, examples that a test runs, and how it is
/// evaluated.
protocol FunctionDefinition {
  static var signature: Signature { get }
  static var examples: [Example] { get }
  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items
}

/// A formula and another one that gives the same.
struct Example {
  let formula: String
  /// `nil` when the formula is refused.
  let result: String?

  init(_ formula: String, _ result: String) {
    self.formula = formula
    self.result = result
  }

  /// A formula that the checker refuses.
  init(refused formula: String) {
    self.formula = formula
    result = nil
  }
}
