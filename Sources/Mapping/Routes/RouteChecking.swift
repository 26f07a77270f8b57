import Diagnostics
import YAML

// Routes whose messages are a mapping's: their formulas see what its `out` lines see.
extension MappingChecker {
  mutating func routes(_ sources: [RouteSource], in scope: Scope) -> [Route] {
    sources.compactMap { source in
      guard source.from.contains(where: { $0.text == self.source.name }) else { return nil }
      return attempt { checker throws(Diagnostic) in
        Route(
          name: source.name, destinations: source.destinations, policy: source.policy, answer: source.answer,
          place: source.place,
          condition: try checker.number(source.when, giving: .boolean, in: scope),
          order: try checker.number(source.order, giving: .text, in: scope))
      }
    }
  }

  private mutating func number(
    _ formula: FormulaSource?, giving type: ScalarType, in scope: Scope
  ) throws(Diagnostic) -> Int {
    guard let formula else { return -1 }
    _ = try check(formula, giving: type, in: scope, .out)
    return formulas.count - 1
  }
}

/// Checks what routes say of mappings.
enum RouteNames {
  static func check(_ routes: [RouteSource], _ mappings: [String], _ diagnostics: inout [Diagnostic]) {
    var known: [String: Place] = [:]
    for route in routes {
      if let first = known[route.name] {
        diagnostics.append(
          Diagnostic(.nameTwice(name: route.name), at: route.place, labels: [.init(first, "the first")]))
      }
      known[route.name] = route.place
      for node in route.from { check(node.text ?? "", node.place, mappings, &diagnostics) }
      for destination in route.destinations {
        if let name = destination.mapping { check(name, destination.place, mappings, &diagnostics) }
      }
    }
  }

  private static func check(
    _ name: String, _ place: Place, _ mappings: [String], _ diagnostics: inout [Diagnostic]
  ) {
    guard !mappings.contains(name) else { return }
    diagnostics.append(
      Diagnostic(.unknownMapping(name: name, near: NearNames.of(name, among: mappings)), at: place))
  }
}
