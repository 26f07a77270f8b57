import Diagnostics

struct FormulaSurroundings {
  let library: ShapeLibrary
  let scope: Scope
  let direction: Direction
}

/// A formula that fits its target.
struct CheckedFormula: Sendable {
  let conversions: [Conversion]
  let readsNothing: Bool

  static func check(
    _ source: FormulaSource, giving type: ScalarType, in surroundings: FormulaSurroundings
  ) throws(Diagnostic) -> CheckedFormula {
    CheckedFormula(conversions: [], readsNothing: false)
  }
}
