import Diagnostics

// `is`, `as`, `ofType`: section 6.3 and 5.2.4.
extension Compiler {
  mutating func typed(
    _ function: Function, _ operand: Checked, _ name: FormulaSyntax.Name, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    if function != .ofType { try requireOne(operand) }
    return typed(function, operand, try typeTest(name), at: range)
  }

  mutating func typed(_ function: Function, _ operand: Checked, _ test: TypeTest, at range: Range<Int>)
    -> Checked
  {
    let call = Call(
      input: operand.step, firstArgument: 0, argumentCount: 0, step: next, prepared: plan.add(test: test))
    if function == .is { return add(.call(.is, call), .value(.boolean), at: range) }
    return add(.call(function, call), given(by: test), repeats: operand.repeats, at: range)
  }

  /// What passes a test; a name of both the model and FHIRPath leaves it open.
  private func given(by test: TypeTest) -> FormulaType {
    switch (test.model, test.system) {
    case (let type?, nil): type
    case (nil, let type?): .value(type)
    case (let type?, _?) where type.system == nil: type
    default: .unknown
    }
  }

  /// `conformsTo(url)` for the definitions of FHIR's own types; there are no profiles here.
  mutating func conformance(
    _ operand: Checked, _ argument: FormulaSyntax, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let base = "http://hl7.org/fhir/StructureDefinition/"
    guard case .literal(.string(let url)) = argument.form, url.hasPrefix(base),
      let type = scope.model?.type(named: String(url.dropFirst(base.count)))
    else { throw .expected("the definition of one of FHIR's types, '\(base)Patient'", at: argument.range) }
    return typed(.is, operand, TypeTest(model: type), at: range)
  }

  /// The type that a name means: `System.String`, `FHIR.Patient`, or what either calls by it.
  func typeTest(_ name: FormulaSyntax.Name) throws(FormulaFault) -> TypeTest {
    let parts = name.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var test = TypeTest()
    if parts.count == 1 || parts[0] == "System" {
      test.system = SystemType(nameInFormulas: parts[parts.count - 1])
    }
    if parts.count == 1 || parts[0] != "System" { test.model = modelType(parts) }
    if test.model == nil, test.system == nil, parts.first != "System" || parts.count != 2 {
      let near = NearNames.of(parts[parts.count - 1], among: SystemType.allCases.map(\.nameInFormulas))
      throw FormulaFault(.unknownName(name: name.text, near: near), at: name.range)
    }
    return test
  }

  private func modelType(_ parts: [String]) -> FormulaType? {
    guard parts.count <= 2, let name = parts.last, let type = scope.model?.type(named: name) else {
      return nil
    }
    if parts.count == 2, scope.model?.name(of: type)?.namespace != parts[0] { return nil }
    return type
  }
}

extension FormulaSyntax {
  /// A type's name, where one stands for an argument: `ofType(FHIR.Patient)`.
  var typeName: Name? {
    switch form {
    case .identifier(let name): return Name(text: name, range: range)
    case .member(let input, let name):
      guard case .identifier(let namespace) = input.form else { return nil }
      return Name(text: namespace + "." + name.text, range: range)
    default: return nil
    }
  }
}
