import Diagnostics
import FHIRPath
import Mapping
import YAML

/// A condition about a visit as billing sees it (`billing/visit`), with its reason.
public struct Condition: Sendable {
  /// The reason's code, which records keep.
  public let code: String
  /// The reason in words.
  public let text: String
  /// The claim's category of reduced fees (R29); empty for none.
  public let reduction: String
  /// The file and line.
  public var rule: String { formula.rule }
  let formula: VisitFormula
}

/// Reads conditions and finds those that can never decide.
struct ConditionReader {
  let formulas: FormulaReader
  let type: FormulaType
  var diagnostics: [Diagnostic] = []

  mutating func conditions(_ entries: [YAMLNode.Entry], _ table: KeyTable) -> [Condition] {
    var known: [(text: String, name: String)] = []
    var read: [Condition] = []
    for entry in entries {
      guard var keys = try? KeyReader(entry.value, table) else {
        diagnostics.append(
          Diagnostic(.expectedForm(what: table.what, form: "`when: …` and `text: …`"), at: entry.value.place))
        continue
      }
      let text = keys.text("text") ?? ""
      diagnostics += keys.diagnostics
      guard let node = keys["when"], let formula = formula(node) else { continue }
      tellUnreachable(entry, node.text ?? "", known)
      known.append((node.text ?? "", entry.name))
      read.append(
        Condition(
          code: entry.name, text: text, reduction: keys["reduction"]?.text ?? "", formula: formula))
    }
    return read
  }

  /// A rule whose condition stands in an earlier one too, or behind one that always holds.
  private mutating func tellUnreachable(
    _ entry: YAMLNode.Entry, _ text: String, _ known: [(text: String, name: String)]
  ) {
    let same = known.first { $0.text == text }
    let always = known.first { $0.text.drop { $0 == "=" || $0 == " " } == "true" }
    guard let earlier = always ?? same else { return }
    let reason =
      always == nil ? "`\(earlier.name)` has the same condition" : "`\(earlier.name)` holds for all visits"
    diagnostics.append(
      Diagnostic(.ruleUnreachable(name: entry.name, reason: reason), at: entry.key.place))
  }

  /// The formula of `= formula`; nil when it can't be used, which is told.
  mutating func formula(_ node: YAMLNode) -> VisitFormula? {
    let written = node.text ?? ""
    guard written.hasPrefix("=") else {
      diagnostics.append(Diagnostic(.expectedForm(what: "a condition", form: "`= formula`"), at: node.place))
      return nil
    }
    let text = written.dropFirst().drop { $0 == " " }
    do throws(FormulaFault) {
      let formula = try formulas.formula(String(text), about: type, strictness: .file)
      let syntax = try FormulaSyntax.parse(String(text))
      return VisitFormula(formula, syntax, rule: "\(node.place.file):\(node.place.line)")
    } catch {
      let offset = written.count - text.count
      let range =
        error.range.lowerBound + offset..<max(error.range.upperBound, error.range.lowerBound + 1) + offset
      diagnostics.append(Diagnostic(error.problem, at: node.place(of: range)))
      return nil
    }
  }
}
