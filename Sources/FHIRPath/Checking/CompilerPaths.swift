import Diagnostics
import Documents

// Names: where paths start and how they go on (sections 3 and 9).
extension Compiler {
  /// A name at the start of a path: in criteria first a member of `$this`, else what the scope says, else the type of
  /// what is at hand.
  mutating func identifier(_ name: String, at range: Range<Int>) throws(FormulaFault) -> Checked {
    if let focus, let member = scope.member(name, of: focus) {
      return add(member, of: add(.this, focus, at: range), at: range)
    }
    switch scope.root(name) {
    case .member(let member) where focus == nil: return add(member, of: try this(at: range), at: range)
    case .node(let index, let type): return node(index, type, at: range)
    case .text(let index, let type): return text(index, type, at: range)
    case .member, nil: break
    }
    guard let type = focus ?? scope.context else { throw unknownRoot(name, at: range) }
    if let checked = try resource(name, of: type, at: range) { return checked }
    if scope.strictness == .lenient, !isUnshaped(type) { return nothing(at: range) }
    guard isUnshaped(type) else { throw unknownRoot(name, at: range) }
    return named(name, of: try this(at: range), at: range)
  }

  /// `Patient` at the start of a path stands for the resource that the formula is about.
  private mutating func resource(
    _ name: String, of type: FormulaType, at range: Range<Int>
  ) throws(FormulaFault) -> Checked? {
    guard let model = scope.model, let asked = model.type(named: name) else { return nil }
    if model.isKind(type, of: asked) { return try this(at: range) }
    guard type == .unknown else { return nil }
    return typed(.ofType, try this(at: range), TypeTest(model: asked), at: range)
  }

  mutating func variable(_ name: String, at range: Range<Int>) throws(FormulaFault) -> Checked {
    if let defined = definitions[name] {
      return add(.defined(defined.number), defined.type, repeats: defined.repeats, at: range)
    }
    switch scope.variable(name) {
    case .node(let index, let type): return node(index, type, at: range)
    case .text(let index, let type): return text(index, type, at: range)
    case .member(let member): return add(member, of: context(at: range), at: range)
    case nil: break
    }
    if ["context", "resource", "rootResource"].contains(name) { return context(at: range) }
    if let constant = StandardVariable.value(of: name) { return add(constant: constant, .string, at: range) }
    let near = NearNames.of(name, among: scope.variableNames + StandardVariable.names).map { "%" + $0 }
    throw FormulaFault(.unknownName(name: "%" + name, near: near), at: range)
  }

  mutating func this(at range: Range<Int>) throws(FormulaFault) -> Checked {
    if let focus { return add(.this, focus, at: range) }
    guard scope.context != nil else {
      throw .expected("a name; there is no `$this` outside of criteria", at: range)
    }
    return context(at: range)
  }

  mutating func index(at range: Range<Int>) throws(FormulaFault) -> Checked {
    guard focus != nil else { throw .expected("`$index` inside of criteria only", at: range) }
    return add(.index, .value(.integer), at: range)
  }

  mutating func member(
    _ name: FormulaSyntax.Name, of syntax: FormulaSyntax, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let input = try check(syntax)
    if input.isNothing { return nothing(at: range) }
    if let member = scope.member(name.text, of: input.type) { return add(member, of: input, at: range) }
    if input.type == .typeInfo { return try typeMember(name, of: input, at: range) }
    if scope.strictness == .lenient, !isUnshaped(input.type) { return nothing(at: range) }
    guard isUnshaped(input.type) else { throw unknownMember(name.text, of: input.type, at: name.range) }
    return named(name.text, of: input, at: range)
  }

  /// Whether only a message shows which members there are.
  private func isUnshaped(_ type: FormulaType) -> Bool { type == .unknown }

  private mutating func named(_ name: String, of input: Checked, at range: Range<Int>) -> Checked {
    add(
      .named(of: input.step, name: plan.add(name: name)), .unknown, repeats: isStrict || input.repeats,
      at: range)
  }

  private mutating func typeMember(
    _ name: FormulaSyntax.Name, of input: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    guard name.text == "name" || name.text == "namespace" else {
      let near = NearNames.of(name.text, among: ["name", "namespace"])
      throw FormulaFault(
        .unknownPath(segment: name.text, inside: "type()", shape: "FHIRPath", near: near), at: name.range)
    }
    return add(
      .typeName(of: input.step, isNamespace: name.text == "namespace"), .value(.string),
      repeats: input.repeats, at: range)
  }

  private mutating func add(_ member: FormulaMember, of input: Checked, at range: Range<Int>) -> Checked {
    if isStrict, !input.repeats, !member.repeats, member.forms.count == 1 {
      let (start, steps) = path(to: input.step, adding: member)
      return add(.path(of: start, steps), member.type, at: range)
    }
    return add(
      .member(of: input.step, plan.add(members: member.forms), repeats: member.repeats), member.type,
      repeats: input.repeats || member.repeats, at: range)
  }

  /// One member more of a path that is being laid down, or a new path's first.
  private mutating func path(to step: StepID, adding member: FormulaMember) -> (StepID, TableRange) {
    let added = plan.add(members: member.forms)
    guard case .path(let start, let steps) = plan.operations[Int(step)],
      steps.indices.upperBound == Int(added.start)
    else { return (step, added) }
    return (start, TableRange(start: steps.start, count: steps.count + 1))
  }

  mutating func context(at range: Range<Int>) -> Checked {
    guard let type = scope.context else { return nothing(at: range) }
    reads = true
    return add(.context(type), type, at: range)
  }

  private mutating func node(_ index: Int, _ type: FormulaType, at range: Range<Int>) -> Checked {
    reads = true
    return add(.node(variable: Int32(index), type), type, at: range)
  }

  private mutating func text(_ index: Int, _ type: SystemType, at range: Range<Int>) -> Checked {
    reads = true
    return add(.text(variable: Int32(index), type), .value(type), at: range)
  }

  private func unknownRoot(_ name: String, at range: Range<Int>) -> FormulaFault {
    if let type = focus ?? scope.context {
      return unknownMember(name, of: type, beside: scope.rootNames, at: range)
    }
    return FormulaFault(
      .unknownName(name: name, near: NearNames.of(name, among: scope.rootNames)), at: range)
  }

  private func unknownMember(
    _ name: String, of type: FormulaType, beside others: [String] = [], at range: Range<Int>
  ) -> FormulaFault {
    let inside = scope.description(of: type)
    let near = NearNames.of(name, among: scope.memberNames(of: type) + others)
    return FormulaFault(
      .unknownPath(segment: name, inside: inside.name, shape: inside.shape, near: near), at: range)
  }
}
