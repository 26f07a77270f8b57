import Diagnostics
import Documents
import FHIRPath
import YAML

/// A formula that fits its target, with what it reads.
final class CheckedFormula: Sendable {
  let formula: Formula
  /// Where it stands.
  let place: Place
  /// What must still be done with the result.
  let conversions: [Conversion]
  /// The cell of the element that the formula is about: the document, or the element of an `each`.
  let context: CellPlace?
  /// The cells of the hub's names, by the indexes that the formula knows them by.
  let nodes: [CellPlace]
  /// What a formula that reads nothing gives; `nil` for one that reads something, or gives nothing.
  let literal: String?

  private init(
    _ formula: Formula, _ conversions: [Conversion], _ surroundings: FormulaSurroundings, literal: String?,
    place: Place
  ) {
    self.formula = formula
    self.place = place
    self.conversions = conversions
    context = surroundings.contextCell
    nodes = surroundings.nodes
    self.literal = literal
  }

  /// Reads and checks a formula for a target's type.
  static func check(
    _ source: FormulaSource, giving type: ScalarType, in surroundings: FormulaSurroundings
  ) throws(Diagnostic) -> CheckedFormula {
    do throws(FormulaFault) {
      let formula = try Formula.compile(try FormulaSyntax.parse(source.text), against: surroundings)
      guard let conversions = conversions(from: formula, to: type) else {
        throw FormulaFault(
          .formulaType(expected: type.description, found: surroundings.describe(formula.type)),
          at: 0..<source.text.count)
      }
      if formula.repeats {
        throw FormulaFault(.formulaType(expected: "one value", found: "several"), at: 0..<source.text.count)
      }
      let literal =
        formula.readsNothing ? try literal(formula, type, surroundings, at: 0..<source.text.count) : nil
      return CheckedFormula(
        formula, conversions, surroundings, literal: literal, place: source.node.place)
    } catch {
      throw source.diagnostic(error)
    }
  }

  /// What a literal gives is known now, so whether it fits is too.
  private static func literal(
    _ formula: Formula, _ type: ScalarType, _ surroundings: FormulaSurroundings, at range: Range<Int>
  ) throws(FormulaFault) -> String? {
    var forest = Forest(names: surroundings.names)
    var environment = FormulaEnvironment()
    guard let item = try formula.evaluate(over: &forest, in: &environment).first else { return nil }
    let written = forest.written(item)
    var builder = ValueRuleBuilder()
    let rule = builder.rule(type)
    let rules = ValueRules(builder)
    defer { rules.deallocate() }
    let fits = forest.text.withElements {
      rules.accept(UnsafeBufferPointer(rebasing: $0[written.indices]), rule)
    }
    guard fits else {
      throw FormulaFault(.formulaType(expected: type.description, found: "another value"), at: range)
    }
    return forest.string(written)
  }

  private static func conversions(from formula: Formula, to type: ScalarType) -> [Conversion]? {
    switch formula.type {
    case .unknown: [.check(type)]
    case .object, .typeInfo, .value(.quantity), .primitive(.quantity, _): nil
    case .value(let system), .primitive(let system, _):
      if case .code(let codes) = type, !codes.isEmpty, system == .string {
        [.check(type)]
      } else if type == .base64, system == .string {
        [.check(type)]
      } else {
        TypeConversion.between(ScalarType(system), type)
      }
    }
  }
}

extension ScalarType {
  /// The widest of ours that one of FHIRPath's types can be.
  init(_ system: SystemType) {
    switch system {
    case .boolean: self = .boolean
    case .string: self = .text
    case .integer: self = .integer
    case .decimal: self = .decimal
    case .date: self = .date(isPartial: true, isCompact: false)
    case .dateTime: self = .instant(isPartial: true)
    case .time: self = .time
    case .quantity: self = .any
    }
  }

  /// The type of FHIRPath that values of this type are.
  var system: FormulaType {
    switch self {
    case .boolean: .value(.boolean)
    case .integer: .value(.integer)
    case .decimal: .value(.decimal)
    case .time: .value(.time)
    case .date(_, isCompact: false): .value(.date)
    case .instant, .localTime(_, isCompact: false): .value(.dateTime)
    case .any: .unknown
    default: .value(.string)
    }
  }
}

extension FormulaSource {
  /// A fault at its place in the file; one that comes of YAML cutting the line at ` #` says so.
  func diagnostic(_ fault: FormulaFault) -> Diagnostic {
    let place = place(of: fault.range)
    if case .formulaSyntax = fault.problem, let line = place.excerpt, node.isPlain,
      let rest = line.firstRange(of: " #")
    {
      let written = line[..<rest.lowerBound].suffix(text.count)
      if written == text, let start = line.firstIndex(of: "=") {
        return Diagnostic(
          .unquotedFormula(quoted: "\"\(line[start...].replacing("\"", with: "\\\""))\""), at: place)
      }
    }
    return Diagnostic(fault.problem, at: place)
  }
}
