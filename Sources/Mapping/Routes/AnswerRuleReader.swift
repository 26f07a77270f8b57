import Diagnostics
import FHIRPath
import YAML

/// Reads and checks what files say of answers.
package struct AnswerRuleReader {
  let formulas: FormulaReader

  package init(formulas: FormulaReader) { self.formulas = formulas }

  /// Routes with their rules; problems are added to `diagnostics`.
  func routes(_ sources: [RouteSource], _ diagnostics: inout [Diagnostic]) -> [RouteSource] {
    var routes = sources
    for index in routes.indices {
      guard let node = routes[index].answerNode else { continue }
      do throws(Diagnostic) {
        routes[index].answer = try rule(node, &diagnostics)
      } catch {
        diagnostics.append(error)
      }
    }
    return routes
  }

  /// The rule of a block with the keys ``RouteKeys/answer``; nil when what it needs is not there, which is told.
  package func rule(
    _ node: YAMLNode, _ diagnostics: inout [Diagnostic]
  ) throws(Diagnostic) -> AnswerRule? {
    let keys = try KeyReader(node, RouteKeys.answer)
    diagnostics += keys.diagnostics
    guard let delivered = keys["delivered"] else { return nil }
    let type = try type(keys["shape"])
    let retry = try keys["retry"].map { node throws(Diagnostic) in try formula(node, type) }
    return AnswerRule(shape: keys["shape"]?.text, delivered: try formula(delivered, type), retry: retry)
  }

  private func type(_ node: YAMLNode?) throws(Diagnostic) -> FormulaType {
    guard let node else { return .unknown }
    let name = node.text ?? ""
    if let shape = formulas.shapes[name] { return .object(Int32(shape.root)) }
    let near = NearNames.of(name, among: formulas.shapes.keys)
    throw Diagnostic(.unknownShape(name: name, near: near), at: node.place)
  }

  private func formula(_ node: YAMLNode, _ type: FormulaType) throws(Diagnostic) -> Formula {
    guard let source = FormulaSource(node.text ?? "", node) else {
      throw Diagnostic(.expectedForm(what: "a condition", form: "`= formula`"), at: node.place)
    }
    do throws(FormulaFault) {
      let formula = try formulas.formula(source.text, about: type, strictness: .file)
      guard formula.isCondition else {
        throw FormulaFault(
          .formulaType(expected: "boolean", found: formulas.name(of: formula.type)),
          at: 0..<source.text.unicodeScalars.count)
      }
      return formula
    } catch {
      throw Diagnostic(error.problem, at: source.place(of: error.range))
    }
  }
}

extension Formula {
  fileprivate var isCondition: Bool {
    switch type {
    case .value(.boolean), .primitive(.boolean, _), .unknown: true
    default: false
    }
  }
}
