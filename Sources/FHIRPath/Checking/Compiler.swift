import Diagnostics
import Documents

/// Turns a tree into a plan, checking it against what its names stand for.
struct Compiler<Scope: FormulaScope> {
  let scope: Scope
  /// What `$this` is, `nil` outside of criteria.
  var focus: FormulaType?
  /// What `defineVariable` defined, as far as it is in sight.
  var definitions: [String: Definition] = [:]
  /// Whether a `$total` is at hand.
  var hasTotal = false
  /// Whether a path or a variable was met.
  var reads = false
  var plan = PlanBuilder()

  init(_ scope: Scope) { self.scope = scope }

  var isStrict: Bool { scope.strictness == .file }

  mutating func check(_ syntax: FormulaSyntax) throws(FormulaFault) -> Checked {
    let range = syntax.range
    switch syntax.form {
    case .literal(let literal): return try check(literal, at: range)
    case .identifier(let name): return try identifier(name, at: range)
    case .variable(let name): return try variable(name, at: range)
    case .this: return try this(at: range)
    case .index: return try index(at: range)
    case .total: return try total(at: range)
    case .member(let input, let name): return try member(name, of: input, at: range)
    case .call(let input, let name, let arguments): return try call(name, on: input, arguments, at: range)
    case .indexer(let input, let index):
      let input = try check(input)
      return try indexer(
        input, try apart { compiler throws(FormulaFault) in try compiler.check(index) }, at: range)
    case .sign(let isNegative, let operand): return try sign(isNegative, try check(operand), at: range)
    case .binary(let binary, let left, let right):
      let left = try apart { compiler throws(FormulaFault) in try compiler.check(left) }
      let right = try apart { compiler throws(FormulaFault) in try compiler.check(right) }
      return try check(binary, left, right, at: range)
    case .type(let asked, let operand, let type):
      return try typed(asked == .is ? .is : .as, try check(operand), type, at: range)
    }
  }

  /// Checks a part whose definitions are in sight in itself only.
  mutating func apart(
    _ check: (inout Self) throws(FormulaFault) -> Checked
  ) throws(FormulaFault) -> Checked {
    let outer = definitions
    defer { definitions = outer }
    return try check(&self)
  }

  /// The number that the next operation will get.
  var next: StepID { StepID(plan.operations.count) }

  mutating func add(
    _ operation: Operation, _ type: FormulaType, repeats: Bool = false, at range: Range<Int>
  ) -> Checked {
    defer {
      plan.operations.append(operation)
      plan.ranges.append(range)
    }
    return Checked(step: next, type: type, repeats: repeats, range: range)
  }

  /// Lays down operands in a row; gives the place of the first.
  mutating func add(operands steps: [StepID]) -> Int32 {
    defer { plan.operands += steps }
    return Int32(plan.operands.count)
  }

  mutating func add(constant text: String, _ type: SystemType, at range: Range<Int>) -> Checked {
    add(.constant(plan.add(constant: text), type), .value(type), at: range)
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
    try requireMeasure(operand)
    return isNegative ? add(.negate(operand.step), operand.type, at: range) : operand
  }

  private mutating func total(at range: Range<Int>) throws(FormulaFault) -> Checked {
    guard hasTotal else { throw .expected("`$total` inside of `aggregate()` only", at: range) }
    return add(.total, .unknown, repeats: !isStrict, at: range)
  }
}
