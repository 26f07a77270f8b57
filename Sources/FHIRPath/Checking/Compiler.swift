import Diagnostics
import Documents

/// Turns a tree into a plan, checking it against what its names stand for.
struct Compiler<Scope: FormulaScope> {
  let scope: Scope
  /// The type of `$this`, `nil` outside of criteria.
  var focus: FormulaType?
  /// Whether a path or a variable was met.
  var reads = false
  private var operations: [Operation] = []
  private var ranges: [Range<Int>] = []
  private var operands: [StepID] = []
  private var constants: [UInt8] = []

  init(_ scope: Scope) { self.scope = scope }

  func plan() -> Plan {
    Plan(operations: operations, ranges: ranges, operands: operands, constants: constants)
  }

  mutating func check(_ syntax: FormulaSyntax) throws(FormulaFault) -> Checked {
    let range = syntax.range
    switch syntax.form {
    case .literal(let literal): return try check(literal, at: range)
    case .identifier(let name): return try identifier(name, at: range)
    case .variable(let name): return try variable(name, at: range)
    case .this: return try this(at: range)
    case .index: return try index(at: range)
    case .total: throw .unsupported("$total", at: range)
    case .member(let input, let name): return try member(name, of: try check(input), at: range)
    case .call(let input, let name, let arguments): return try call(name, on: input, arguments, at: range)
    case .indexer(let input, let index): return try indexer(try check(input), try check(index), at: range)
    case .sign(let isNegative, let operand): return try sign(isNegative, try check(operand), at: range)
    case .binary(let binary, let left, let right):
      return try check(binary, try check(left), try check(right), at: range)
    case .type(let asked, _, _): throw .unsupported(asked.rawValue, at: range)
    }
  }

  /// The number that the next operation will get.
  var next: StepID { StepID(operations.count) }

  mutating func add(
    _ operation: Operation, _ type: FormulaType, repeats: Bool = false, at range: Range<Int>
  ) -> Checked {
    defer {
      operations.append(operation)
      ranges.append(range)
    }
    return Checked(step: next, type: type, repeats: repeats, range: range)
  }

  /// Lays down operands in a row; gives the place of the first.
  mutating func add(operands steps: [StepID]) -> Int32 {
    defer { operands += steps }
    return Int32(operands.count)
  }

  mutating func add(constant text: String, _ type: SystemType, at range: Range<Int>) -> Checked {
    let place = TextRange(start: constants.count, length: text.utf8.count)
    constants += text.utf8
    return add(.constant(place, type), .value(type), at: range)
  }

  private mutating func indexer(
    _ input: Checked, _ index: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    try requireOne(index, .integer)
    return add(.item(of: input.step, at: index.step), input.type, at: range)
  }

  private mutating func sign(
    _ isNegative: Bool, _ operand: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    try requireNumber(operand)
    return isNegative ? add(.negate(operand.step), operand.type, at: range) : operand
  }
}
