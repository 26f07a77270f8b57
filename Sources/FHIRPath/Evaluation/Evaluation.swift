import Documents

/// One run of a formula over a forest.
///
/// It borrows all that it reads, by pointers that never leave it: counting references would take longer than
/// most
/// formulas.
struct Evaluation: ~Copyable {
  /// The element that criteria are asked about.
  struct Focus: BitwiseCopyable {
    var this: Item?
    var index: Int64
  }

  /// How much one run may do: about a tenth of a second.
  static let stepLimit = 1_000_000

  private unowned(unsafe) let plan: Plan
  private let operations: UnsafeMutableBufferPointer<Operation>
  let operands: UnsafeMutableBufferPointer<StepID>
  private let literals: UnsafeMutableBufferPointer<UInt8>
  private let place: UnsafeMutablePointer<Forest>
  private let context: NodeID?
  private let nodes: UnsafeBufferPointer<NodeID>
  private let texts: UnsafeBufferPointer<TextRange>
  var focus = Focus(this: nil, index: 0)
  /// Where the plan's constants lie in the forest's text, once they do.
  private var constants: UInt32?
  private var budget = Evaluation.stepLimit

  /// The forest that the formula reads and adds text to.
  var forest: Forest {
    @inline(__always) _read { yield place.pointee }
    @inline(__always) nonmutating _modify { yield &place.pointee }
  }

  /// What a plan gives in an environment.
  static func items(
    of plan: Plan, from root: StepID, over forest: inout Forest, in environment: borrowing FormulaEnvironment
  ) throws(FormulaFault) -> Items {
    defer { withExtendedLifetime(plan) {} }
    return try withUnsafeMutablePointer(to: &forest) { forest throws(FormulaFault) in
      try environment.nodes.withElements { nodes throws(FormulaFault) in
        try environment.texts.withElements { texts throws(FormulaFault) in
          var run = Evaluation(
            plan: plan, operations: plan.operations, operands: plan.operands,
            literals: plan.constants, place: forest, context: environment.context, nodes: nodes, texts: texts)
          return try run.items(root)
        }
      }
    }
  }

  /// What a step gives.
  mutating func items(_ step: StepID) throws(FormulaFault) -> Items {
    try spend(1, at: step)
    switch operations[Int(step)] {
    case .nothing: return .empty
    case .boolean(let value): return .one(.boolean(value))
    case .integer(let value): return .one(.integer(value))
    case .constant(let text, let type): return .one(.text(constant(text), type))
    case .this: return focus.this.map(Items.one) ?? .empty
    case .context(let type): return context.map { .one(.node($0, type)) } ?? .empty
    case .index: return .one(.integer(focus.index))
    case .node(let index, let type): return variable(index, type)
    case .text(let index, let type): return text(index, type)
    case .member(let input, let member): return try members(member, of: input)
    case .item(let input, let index): return try item(of: input, at: index)
    case .call(let function, let call): return try function.evaluate(call, in: &self)
    case .binary(let binary, let left, let right): return try evaluate(binary, left, right, at: step)
    case .negate(let operand): return try negated(operand)
    }
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

  private mutating func copyConstants() -> UInt32 {
    let start = UInt32(truncatingIfNeeded: forest.text.count)
    forest.text.append(UnsafeBufferPointer(literals))
    constants = start
    return start
  }

  private func variable(_ index: Int32, _ type: FormulaType) -> Items {
    guard Int(index) < nodes.count, nodes[Int(index)] >= 0 else { return .empty }
    let node = nodes[Int(index)]
    return isAbsent(node) ? .empty : .one(.node(node, type))
  }

  private func text(_ index: Int32, _ type: SystemType) -> Items {
    guard Int(index) < texts.count, texts[Int(index)].length > 0 else {
      return .empty
    }
    return .one(.text(texts[Int(index)], type))
  }
}
