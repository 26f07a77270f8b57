import Documents

/// The number of an operation in a ``Plan``; operands come before what uses them.
typealias StepID = Int32

/// One step of a compiled formula.
enum Operation: BitwiseCopyable {
  case nothing
  case boolean(Bool)
  case integer(Int64)
  /// A text among the plan's constants.
  case constant(TextRange, SystemType)
  /// The element at hand: `$this`, or the context outside of criteria.
  case this
  case context(FormulaType)
  case index
  case node(variable: Int32, FormulaType)
  case text(variable: Int32, SystemType)
  case member(of: StepID, MemberStep)
  case item(of: StepID, at: StepID)
  case call(Function, Call)
  case binary(BinaryOperator, StepID, StepID)
  case negate(StepID)
}

/// A member as evaluation looks it up.
struct MemberStep: BitwiseCopyable {
  let name: NameID
  let type: FormulaType
  let repeats: Bool
}

/// A function call: its input, and its arguments among the plan's operands.
struct Call: BitwiseCopyable {
  let input: StepID
  let firstArgument: Int32
  let argumentCount: Int32
  /// The operation itself, for its place in diagnostics.
  let step: StepID

  func has(_ argument: Int) -> Bool { argument < argumentCount }
}
