import Documents

/// A formula that was read and checked, ready to be evaluated for every message.
///
/// The language is HL7 FHIRPath, normative release 2.0.0; section numbers in this target are those of it.
public struct Formula: Sendable {
  /// What it gives.
  public let type: FormulaType
  /// Whether it may give several items.
  public let repeats: Bool
  /// Whether it names no path and no variable, hence gives the same for every message.
  public let readsNothing: Bool

  let plan: Plan
  let root: StepID

  /// Checks a formula against what its names stand for.
  public static func compile(
    _ syntax: FormulaSyntax, against scope: some FormulaScope
  ) throws(FormulaFault) -> Formula {
    var compiler = Compiler(scope)
    let checked = try compiler.check(syntax)
    return Formula(
      type: checked.type, repeats: checked.repeats, readsNothing: !compiler.reads,
      plan: Plan(compiler.plan, model: scope.model), root: checked.step)
  }

  /// What the formula gives; new text is added to the forest's.
  ///
  /// Faults are those that only a message shows: several items where one is needed, values of unshaped
  /// members that
  /// don't fit, and too much work.
  public func evaluate(
    over forest: inout Forest, in environment: inout FormulaEnvironment
  ) throws(FormulaFault) -> Items {
    defer { withExtendedLifetime(plan) {} }
    return try unmanaged.evaluate(over: &forest, in: &environment)
  }

  /// The formula as a plain value, for tables whose owner keeps the formula alive.
  public var unmanaged: UnmanagedFormula { UnmanagedFormula(plan: .passUnretained(plan), root: root) }
}

/// A ``Formula`` that somebody else keeps alive: using it counts no references.
public struct UnmanagedFormula: BitwiseCopyable {
  let plan: Unmanaged<Plan>
  let root: StepID

  /// As ``Formula/evaluate(over:in:)``.
  public func evaluate(
    over forest: inout Forest, in environment: inout FormulaEnvironment
  ) throws(FormulaFault) -> Items {
    try Evaluation.items(of: plan, from: root, over: &forest, in: &environment)
  }
}
