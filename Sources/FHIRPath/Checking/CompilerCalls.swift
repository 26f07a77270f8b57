import Diagnostics

// Function calls, section 5, against the functions' signatures.
extension Compiler {
  mutating func call(
    _ name: FormulaSyntax.Name, on input: FormulaSyntax?, _ arguments: [FormulaSyntax], at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    guard let function = Function(rawValue: name.text) else { throw unknownFunction(name) }
    let signature = function.definition.signature
    guard signature.argumentCounts.contains(arguments.count) else {
      throw .expected("\(signature.wordedCounts) in `\(name.text)(…)`", at: name.range)
    }
    let input = try self.input(input, of: signature, at: name.range)
    if signature.parameters == [.type] {
      guard let type = arguments[0].typeName else { throw .expected("a type", at: arguments[0].range) }
      return try typed(function, input, type, at: range)
    }
    if function == .conformsTo { return try conformance(input, arguments[0], at: range) }
    if function == .defineVariable { return try definition(arguments, on: input, at: range) }
    let prepared = try prepare(function, arguments, at: name.range)
    var checked: [Checked] = []
    for (index, argument) in arguments.enumerated() {
      checked.append(try check(argument, as: signature.parameter(index), input: input))
    }
    return try add(function, signature, input, checked, prepared, at: range)
  }

  private func unknownFunction(_ name: FormulaSyntax.Name) -> FormulaFault {
    let near = NearNames.of(name.text, among: Function.allCases.map(\.rawValue))
    return FormulaFault(.unknownFunction(name: name.text, near: near), at: name.range)
  }

  private mutating func input(
    _ syntax: FormulaSyntax?, of signature: Signature, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let input =
      try syntax.map { syntax throws(FormulaFault) in try check(syntax) }
      ?? implicitInput(of: signature, at: range)
    switch signature.input {
    case .none, .any: break
    case .one, .focus: try requireOne(input)
    case .value(let type): try requireOne(input, type)
    case .measure: try requireMeasure(input)
    case .values(let type): try require(input, type)
    }
    return input
  }

  /// A function that is called on nothing is called on what is at hand.
  private mutating func implicitInput(of signature: Signature, at range: Range<Int>) -> Checked {
    switch signature.input {
    case .none, .focus: return nothing(at: range)
    default: break
    }
    if let focus { return add(.this, focus, at: range) }
    return context(at: range)
  }

  private mutating func check(
    _ argument: FormulaSyntax, as parameter: Signature.Parameter, input: Checked
  ) throws(FormulaFault) -> Checked {
    let outer = (focus, hasTotal)
    defer { (focus, hasTotal) = outer }
    if parameter.isAboutItems, !(input.isNothing && parameter.isAboutInput) { focus = input.type }
    if parameter == .step { hasTotal = true }
    let checked = try apart { compiler throws(FormulaFault) in
      try compiler.check(parameter == .key ? argument.key.expression : argument)
    }
    switch parameter {
    case .value(let type): try requireOne(checked, type)
    case .condition:
      try requireOne(checked)
      try require(checked, .boolean)
    case .criterion: try requireCondition(checked)
    case .key: try requireOne(checked)
    case .alternative, .projection, .step, .any, .type: break
    }
    return checked
  }

  private mutating func add(
    _ function: Function, _ signature: Signature, _ input: Checked, _ arguments: [Checked], _ prepared: Int32,
    at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let (type, repeats) = try signature.result(input, arguments, in: self)
    if function.readsEnvironment { reads = true }
    if function == .iif, input.isNothing {
      let otherwise = arguments.count > 2 ? arguments[2].step : -1
      return add(
        .choice(if: arguments[0].step, then: arguments[1].step, else: otherwise), type, repeats: repeats,
        at: range)
    }
    let call = Call(
      input: input.step, firstArgument: add(operands: arguments.map(\.step)),
      argumentCount: Int32(arguments.count), step: next, prepared: prepared)
    return add(.call(function, call), type, repeats: repeats, at: range)
  }
}

extension Signature {
  /// What a call gives, and whether there may be several.
  fileprivate func result(
    _ input: Checked, _ arguments: [Checked], in compiler: Compiler<some FormulaScope>
  ) throws(FormulaFault) -> (FormulaType, repeats: Bool) {
    switch result {
    case .value(let type): return (.value(type), false)
    case .values(let type): return (.value(type), true)
    case .item: return (input.type, false)
    case .items: return (input.type, input.repeats)
    case .measure: return (input.type.system.map(FormulaType.value) ?? .unknown, false)
    case .type: return (.typeInfo, input.repeats)
    case .nodes: return (.unknown, true)
    case .model(let name): return (compiler.scope.model?.type(named: name) ?? .unknown, true)
    case .projection: return (arguments[0].type, input.repeats || arguments[0].repeats)
    case .union: return (input.type(joinedWith: arguments[0]) ?? .unknown, true)
    case .argument(let first): return try compiler.alternative(arguments[first...])
    case .total: return (arguments[0].type, !compiler.isStrict || arguments[0].repeats)
    }
  }
}

extension Compiler {
  /// The type of what is one of several arguments.
  fileprivate func alternative(
    _ arguments: ArraySlice<Checked>
  ) throws(FormulaFault) -> (FormulaType, repeats: Bool) {
    guard var known = arguments.first else { return (.unknown, false) }
    for argument in arguments.dropFirst() {
      let joined = known.type(joinedWith: argument)
      guard let type = joined ?? (isStrict ? nil : .unknown) else {
        throw .type(describe(argument.type), expected: describe(known.type), at: argument.range)
      }
      known = Checked(
        step: known.step, type: type, repeats: known.repeats || argument.repeats, range: known.range,
        isNothing: known.isNothing && argument.isNothing)
    }
    return (known.type, known.repeats)
  }
}
