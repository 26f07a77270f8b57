import Diagnostics

// What can be made of arguments once, while a formula is compiled, instead of for every message.
extension Compiler {
  /// - Returns: the number of what was prepared, or -1 for nothing.
  mutating func prepare(
    _ function: Function, _ arguments: [FormulaSyntax], at range: Range<Int>
  ) throws(FormulaFault) -> Int32 {
    switch function {
    case .matches, .matchesFull, .replaceMatches: try pattern(arguments[0])
    case .memberOf: plan.add(prepared: .codes(try codes(arguments[0])))
    case .sort: plan.add(prepared: .descending(arguments.map(\.key.isDescending)))
    case .htmlChecks:
      throw .expected(
        "another function; Sluss does not check XHTML, so `htmlChecks()` has no answer", at: range)
    default: -1
    }
  }

  private mutating func pattern(_ argument: FormulaSyntax) throws(FormulaFault) -> Int32 {
    guard case .literal(.string(let text)) = argument.form else { return -1 }
    do throws(PatternFault) {
      return plan.add(prepared: .pattern(try Pattern(text)))
    } catch {
      throw .expected(error.expectation, at: argument.range)
    }
  }

  private func codes(_ argument: FormulaSyntax) throws(FormulaFault) -> Set<String> {
    guard case .literal(.string(let name)) = argument.form else {
      throw .expected("the name of a code table in quotes", at: argument.range)
    }
    guard let codes = scope.codes(in: name) else {
      let near = NearNames.of(name, among: scope.codeTableNames)
      throw FormulaFault(.unknownName(name: name, near: near), at: argument.range)
    }
    return Set(codes)
  }
}

extension FormulaSyntax {
  /// What `sort` orders by; a minus before it turns the order round.
  var key: (expression: FormulaSyntax, isDescending: Bool) {
    if case .sign(isNegative: true, let operand) = form { return (operand, true) }
    return (self, false)
  }
}
