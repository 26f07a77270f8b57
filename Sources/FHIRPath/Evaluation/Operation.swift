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
  /// A number and a unit among the plan's constants.
  case quantity(TextRange, QuantityUnit)
  /// The element at hand: `$this`, or the context outside of criteria.
  case this
  case context(FormulaType)
  case index
  case total
  /// What `defineVariable` has stored.
  case defined(Int32)
  case node(variable: Int32, FormulaType)
  case text(variable: Int32, SystemType)
  /// A member, or the forms of a choice element among the plan's members.
  case member(of: StepID, TableRange, repeats: Bool)
  /// Members of members, none of which repeats.
  case path(of: StepID, TableRange)
  /// A member of what is known only at run time, by its name among the plan's names.
  case named(of: StepID, name: Int32)
  /// `name` or `namespace` of what `type()` gives.
  case typeName(of: StepID, isNamespace: Bool)
  case item(of: StepID, at: StepID)
  case call(Function, Call)
  /// `iif` that is called on nothing.
  case choice(if: StepID, then: StepID, else: StepID)
  case binary(BinaryOperator, StepID, StepID)
  case negate(StepID)
}

/// A member as evaluation looks it up.
struct MemberStep: BitwiseCopyable {
  let name: NameID
  /// The name of the nodes with a primitive's id and extensions, or -1.
  let companion: NameID
  let type: FormulaType
}

/// A function call: its input, and its arguments among the plan's operands.
struct Call: BitwiseCopyable {
  let input: StepID
  let firstArgument: Int32
  let argumentCount: Int32
  /// The operation itself, for its place in diagnostics.
  let step: StepID
  /// What the function made of its arguments while the formula was compiled: a number among the plan's prepared
  /// things, or types; -1 for nothing.
  var prepared: Int32 = -1

  func has(_ argument: Int) -> Bool { argument < argumentCount }
}
