import Documents

/// One run of a formula over a forest.
///
/// It borrows all that it reads, by pointers that never leave it: counting references would take longer than most
/// formulas.
struct Evaluation: ~Copyable {
  /// The element that criteria are asked about.
  struct Focus: BitwiseCopyable {
    var this: Item?
    var index: Int64
  }

  /// How much one run may do: about a tenth of a second.
  static let stepLimit = 1_000_000

  unowned(unsafe) let plan: Plan
  private let operations: Table<Operation>
  let operands: Table<StepID>
  let memberSteps: Table<MemberStep>
  private let place: UnsafeMutablePointer<Forest>
  let environment: UnsafePointer<FormulaEnvironment>
  var focus = Focus(this: nil, index: 0)
  /// What `$total` stands for.
  var total = Items.empty
  /// What the formula's own variables stand for.
  var variables: [Items] = []
  /// Where the plan's constants lie in the forest's text, once they do.
  private var constants: UInt32?
  private var budget = Evaluation.stepLimit
  private let isTraced: Bool

  /// The forest that the formula reads and adds text to.
  var forest: Forest {
    @inline(__always) _read { yield place.pointee }
    @inline(__always) nonmutating _modify { yield &place.pointee }
  }

  private init(
    _ plan: Plan, _ place: UnsafeMutablePointer<Forest>, _ environment: UnsafePointer<FormulaEnvironment>
  ) {
    self.plan = plan
    operations = plan.operations
    operands = plan.operands
    memberSteps = plan.members
    self.place = place
    self.environment = environment
    isTraced = environment.pointee.trace != nil
  }

  /// What a plan gives in an environment.
  static func items(
    of plan: Plan, from root: StepID, over forest: inout Forest, in environment: borrowing FormulaEnvironment
  ) throws(FormulaFault) -> Items {
    defer { withExtendedLifetime(plan) {} }
    return try withUnsafeMutablePointer(to: &forest) { forest throws(FormulaFault) in
      try withUnsafePointer(to: environment) { environment throws(FormulaFault) in
        var run = Evaluation(plan, forest, environment)
        return try run.items(root)
      }
    }
  }

  /// What a step gives.
  mutating func items(_ step: StepID) throws(FormulaFault) -> Items {
    try spend(1, at: step)
    if isTraced { return try traced(step) }
    return try evaluated(step)
  }

  private mutating func evaluated(_ step: StepID) throws(FormulaFault) -> Items {
    switch operations[Int(step)] {
    case .nothing: return .empty
    case .boolean(let value): return .one(.boolean(value))
    case .integer(let value): return .one(.integer(value))
    case .constant(let text, let type): return .one(.text(constant(text), type))
    case .quantity(let number, let unit): return .one(quantity(number, unit))
    case .this: return focus.this.map(Items.one) ?? .empty
    case .context(let type): return environment.pointee.context.map { .one(.node($0, type)) } ?? .empty
    case .index: return .one(.integer(focus.index))
    case .total: return total
    case .defined(let number): return Int(number) < variables.count ? variables[Int(number)] : .empty
    case .node(let index, let type): return variable(index, type)
    case .text(let index, let type): return text(index, type)
    case .member(let input, let forms, let repeats): return try members(forms, repeats, of: input)
    case .path(let input, let steps): return try path(steps, of: input)
    case .named(let input, let name): return try members(named: plan.names[Int(name)], of: input)
    case .typeName(let input, let isNamespace): return try typeNames(of: input, isNamespace: isNamespace)
    case .item(let input, let index): return try item(of: input, at: index)
    case .call(let function, let call): return try function.evaluate(call, in: &self)
    case .binary(let binary, let left, let right): return try evaluate(binary, left, right, at: step)
    case .negate(let operand): return try negated(operand)
    }
  }

  private mutating func traced(_ step: StepID) throws(FormulaFault) -> Items {
    let items = try evaluated(step)
    environment.pointee.trace?.gave(items, at: range(step), named: nil, in: forest)
    return items
  }

  /// Counts work against the budget.
  @inline(__always)
  mutating func spend(_ steps: Int, at step: StepID) throws(FormulaFault) {
    budget -= steps
    if budget < 0 { throw ranAway(at: step) }
  }

  /// Counts text that is read or made against the budget.
  mutating func spend(text length: Int, at step: StepID) throws(FormulaFault) {
    try spend(1 + length / 64, at: step)
  }

  private func ranAway(at step: StepID) -> FormulaFault {
    .type("no answer in \(Self.stepLimit) steps", expected: "less work", at: range(step))
  }

  func range(_ step: StepID) -> Range<Int> { plan.ranges[Int(step)] }

  private mutating func constant(_ text: TextRange) -> TextRange {
    let base = constants ?? copyConstants()
    return TextRange(start: Int(base + text.start), length: Int(text.length))
  }

  private mutating func quantity(_ number: TextRange, _ unit: QuantityUnit) -> Item {
    switch unit {
    case .ucum(let code): .quantity(constant(number), .ucum(constant(code)))
    case .calendar: .quantity(constant(number), unit)
    }
  }

  private mutating func copyConstants() -> UInt32 {
    let start = UInt32(truncatingIfNeeded: forest.text.count)
    let all = TableRange(start: 0, count: Int32(plan.constants.count))
    forest.text.append(plan.constants.slice(all))
    constants = start
    return start
  }

  private func variable(_ index: Int32, _ type: FormulaType) -> Items {
    let nodes = environment.pointee.nodes.count
    guard Int(index) < nodes, case let node = environment.pointee.nodes[Int(index)], node >= 0 else {
      return .empty
    }
    return isAbsent(node) ? .empty : .one(.node(node, type))
  }

  private func text(_ index: Int32, _ type: SystemType) -> Items {
    guard Int(index) < environment.pointee.texts.count, case let text = environment.pointee.texts[Int(index)],
      text.length > 0
    else { return .empty }
    return .one(.text(text, type))
  }
}
