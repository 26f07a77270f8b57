import Diagnostics

// Names: where paths start and how they go on (sections 3 and 9).
extension Compiler {
  /// A name at the start of a path: in criteria first a member of `$this`, else what the scope says.
  mutating func identifier(_ name: String, at range: Range<Int>) throws(FormulaFault) -> Checked {
    if let focus, let member = scope.member(name, of: focus) {
      return add(member, of: add(.this, focus, at: range), at: range)
    }
    switch scope.root(name) {
    case .member(let member) where focus == nil: return add(member, of: try this(at: range), at: range)
    case .node(let index, let type): return node(index, type, at: range)
    case .text(let index, let type): return text(index, type, at: range)
    case .member, nil: throw unknownRoot(name, at: range)
    }
  }

  mutating func variable(_ name: String, at range: Range<Int>) throws(FormulaFault) -> Checked {
    switch scope.variable(name) {
    case .node(let index, let type): return node(index, type, at: range)
    case .text(let index, let type): return text(index, type, at: range)
    case .member(let member): return add(member, of: context(at: range), at: range)
    case nil where name == "context": return context(at: range)
    case nil:
      let near = NearNames.of(name, among: scope.variableNames).map { "%" + $0 }
      throw FormulaFault(.unknownName(name: "%" + name, near: near), at: range)
    }
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
    _ name: FormulaSyntax.Name, of input: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    if input.isNothing { return nothing(at: range) }
    guard let member = scope.member(name.text, of: input.type) else {
      throw unknownMember(name.text, of: input.type, at: name.range)
    }
    return add(member, of: input, at: range)
  }

  private mutating func add(_ member: FormulaMember, of input: Checked, at range: Range<Int>) -> Checked {
    let step = MemberStep(name: member.name, type: member.type, repeats: member.repeats)
    let repeats = input.repeats || member.repeats
    return add(.member(of: input.step, step), member.type, repeats: repeats, at: range)
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
