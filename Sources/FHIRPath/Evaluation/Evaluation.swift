import Documents

/// One run of a formula over a forest.
///
/// It is no more than the address of its state: to lend a large value is to copy it, and every step lends the run.
/// Neither leaves ``items(of:from:over:in:)``.
struct Evaluation {
  /// The element that criteria are asked about.
  struct Focus: BitwiseCopyable {
    var this: Item?
    var index: Int64
  }

  /// What a run reads and what it knows so far. It borrows all that it reads: counting references would take longer
  /// than most formulas.
  private struct State: ~Copyable {
    let plan: Unmanaged<Plan>
    let operations: Table<Operation>
    let operands: Table<StepID>
    let members: Table<MemberStep>
    let forest: UnsafeMutablePointer<Forest>
    let environment: UnsafeMutablePointer<FormulaEnvironment>
    let isTraced: Bool
    var focus = Focus(this: nil, index: 0)
    var total = Items.empty
    var variables: [Items] = []
    /// Where the plan's constants lie in the forest's text, once they do.
    var constants: UInt32?
    var budget = Evaluation.stepLimit

    init(
      _ plan: Unmanaged<Plan>, _ forest: UnsafeMutablePointer<Forest>,
      _ environment: UnsafeMutablePointer<FormulaEnvironment>
    ) {
      self.plan = plan
      operations = plan._withUnsafeGuaranteedRef { $0.operations }
      operands = plan._withUnsafeGuaranteedRef { $0.operands }
      members = plan._withUnsafeGuaranteedRef { $0.members }
      self.forest = forest
      self.environment = environment
      isTraced = environment.pointee.trace != nil
    }
  }

  /// How much one run may do: about a tenth of a second.
  static let stepLimit = 1_000_000

  private let state: UnsafeMutablePointer<State>

  /// What a plan gives in an environment.
  static func items(
    of plan: Unmanaged<Plan>, from root: StepID, over forest: inout Forest,
    in environment: inout FormulaEnvironment
  ) throws(FormulaFault) -> Items {
    return try withUnsafeMutablePointer(to: &forest) { forest throws(FormulaFault) in
      try withUnsafeMutablePointer(to: &environment) { environment throws(FormulaFault) in
        var state = State(plan, forest, environment)
        return try withUnsafeMutablePointer(to: &state) { state throws(FormulaFault) in
          var run = Evaluation(state: state)
          return try run.items(root)
        }
      }
    }
  }

  /// What a step gives.
  mutating func items(_ step: StepID) throws(FormulaFault) -> Items {
    try spend(1, at: step)
    if isTraced { return try traced(step) }
    return try evaluated(step)
  }

  @inline(__always)
  private mutating func evaluated(_ step: StepID) throws(FormulaFault) -> Items {
    switch operations[Int(step)] {
    case .nothing: return .empty
    case .boolean(let value): return .one(.boolean(value))
    case .integer(let value): return .one(.integer(value))
    case .constant(let text, let type): return .one(.text(constant(text), type))
    case .quantity(let number, let unit): return .one(quantity(number, unit))
    case .this: return focus.this.map(Items.one) ?? .empty
    case .context(let type): return environment.context.map { .one(.node($0, type)) } ?? .empty
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
    case .choice(let criterion, let then, let otherwise):
      if try condition(criterion) == true { return try items(then) }
      return otherwise < 0 ? .empty : try items(otherwise)
    case .binary(let binary, let left, let right): return try evaluate(binary, left, right, at: step)
    case .negate(let operand): return try negated(operand)
    }
  }

  @inline(never)
  private mutating func traced(_ step: StepID) throws(FormulaFault) -> Items {
    let items = try evaluated(step)
    environment.trace?.gave(items, at: range(step), named: nil, in: forest)
    return items
  }

  /// Counts work against the budget.
  @inline(__always)
  mutating func spend(_ steps: Int, at step: StepID) throws(FormulaFault) {
    state.pointee.budget -= steps
    if state.pointee.budget < 0 { throw ranAway(at: step) }
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
    let base = state.pointee.constants ?? copyConstants()
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
    state.pointee.constants = start
    return start
  }

  private func variable(_ index: Int32, _ type: FormulaType) -> Items {
    let nodes = environment.nodes.count
    guard Int(index) < nodes, case let node = environment.nodes[Int(index)], node >= 0 else {
      return .empty
    }
    return isAbsent(node) ? .empty : .one(.node(node, type))
  }

  private func text(_ index: Int32, _ type: SystemType) -> Items {
    guard Int(index) < environment.texts.count, case let text = environment.texts[Int(index)],
      text.length > 0
    else { return .empty }
    return .one(.text(text, type))
  }
}

// MARK: State

extension Evaluation {
  var plan: Plan { state.pointee.plan.takeUnretainedValue() }
  var operations: Table<Operation> { @inline(__always) get { state.pointee.operations } }
  var operands: Table<StepID> { @inline(__always) get { state.pointee.operands } }
  var memberSteps: Table<MemberStep> { @inline(__always) get { state.pointee.members } }
  var isTraced: Bool { @inline(__always) get { state.pointee.isTraced } }

  /// The forest that the formula reads and adds text to.
  var forest: Forest {
    @inline(__always) unsafeAddress { UnsafePointer(state.pointee.forest) }
    @inline(__always) nonmutating unsafeMutableAddress { state.pointee.forest }
  }

  /// What the formula reads beside the forest.
  var environment: FormulaEnvironment {
    @inline(__always) unsafeAddress { UnsafePointer(state.pointee.environment) }
  }

  var focus: Focus {
    @inline(__always) get { state.pointee.focus }
    @inline(__always) nonmutating set { state.pointee.focus = newValue }
  }

  /// What `$total` stands for.
  var total: Items {
    get { state.pointee.total }
    nonmutating set { state.pointee.total = newValue }
  }

  /// What the formula's own variables stand for.
  var variables: [Items] {
    _read { yield state.pointee.variables }
    nonmutating _modify { yield &state.pointee.variables }
  }
}
