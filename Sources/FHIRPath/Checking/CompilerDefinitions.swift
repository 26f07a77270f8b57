/// A variable that `defineVariable` makes.
struct Definition {
  /// Its number among those of the formula.
  let number: Int32
  let type: FormulaType
  let repeats: Bool
}

extension Compiler {
  /// `defineVariable(name [, value])`: what comes after it in the same path may use `%name`.
  mutating func definition(
    _ arguments: [FormulaSyntax], on input: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    guard case .literal(.string(let name)) = arguments[0].form else {
      throw .expected("the variable's name in quotes", at: arguments[0].range)
    }
    guard definitions[name] == nil, scope.variable(name) == nil, !StandardVariable.names.contains(name) else {
      throw .expected("a name that is not taken", at: arguments[0].range)
    }
    let value = arguments.count > 1 ? try self.value(arguments[1], of: input) : input
    let number = plan.variableCount
    plan.variableCount += 1
    definitions[name] = Definition(
      number: number, type: value.type, repeats: value.repeats || arguments.count > 1 && input.repeats)
    let call = Call(
      input: input.step, firstArgument: add(operands: arguments.count > 1 ? [value.step] : []),
      argumentCount: Int32(arguments.count - 1), step: next, prepared: number)
    return add(.call(.defineVariable, call), input.type, repeats: input.repeats, at: range)
  }

  private mutating func value(_ syntax: FormulaSyntax, of input: Checked) throws(FormulaFault) -> Checked {
    let outer = focus
    defer { focus = outer }
    focus = input.type
    return try apart { compiler throws(FormulaFault) in try compiler.check(syntax) }
  }
}
