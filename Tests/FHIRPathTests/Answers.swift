import Documents

@testable import FHIRPath

/// What a formula says about the visit: each item written, strings in quotes.
func answers(
  _ text: String, about tree: Visit.Tree = Visit.json, in scope: Clinic = Clinic()
) throws(FormulaFault) -> [String] {
  let formula = try Formula.compile(try FormulaSyntax.parse(text), against: scope)
  var forest = Forest(names: Clinic.names)
  forest.add(tree)
  var environment = FormulaEnvironment()
  environment.context = scope.isAboutVisit ? 0 : nil
  for node: NodeID in [0, -1] { environment.nodes.append(node) }
  for text in ["2026-11-21T10:15:00+01:00", "018f3c1e"] { environment.texts.append(forest.append(text)) }
  environment.now = environment.texts[0]
  return forest.describe(try formula.evaluate(over: &forest, in: &environment))
}

/// The only thing that a formula says, `nil` for nothing.
func answer(_ text: String, about tree: Visit.Tree = Visit.json) throws(FormulaFault) -> String? {
  let all = try answers(text, about: tree)
  return all.isEmpty ? nil : all.joined(separator: ", ")
}

func compiled(_ text: String, in scope: Clinic = Clinic()) throws(FormulaFault) -> Formula {
  try Formula.compile(try FormulaSyntax.parse(text), against: scope)
}

/// The part of a formula that stands between `«` and `»`, and the formula without these marks.
func marked(_ text: String) -> (formula: String, range: Range<Int>) {
  let scalars = Array(text.unicodeScalars)
  let start = scalars.firstIndex(of: "«") ?? 0
  let end = (scalars.firstIndex(of: "»") ?? 1) - 1
  return (text.filter { $0 != "«" && $0 != "»" }, start..<end)
}

extension Forest {
  fileprivate mutating func describe(_ items: Items) -> [String] {
    var described: [String] = []
    for index in 0..<items.count {
      let text = string(written(items[index]))
      switch items[index] {
      case .text(_, .string), .node(_, .value(.string)): described.append("'\(text)'")
      case .node(let node, _) where self[node].kind == .object: described.append("{…}")
      default: described.append(text)
      }
    }
    return described
  }
}
