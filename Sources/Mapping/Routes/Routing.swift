public import Diagnostics
import Documents
import FHIRPath

extension Mapping {
  /// The routes that the last message takes, once it is in the hub.
  /// - Throws: what went wrong in a condition.
  public func route(in workspace: inout Workspace) throws(DiagnosticError) -> [RoutedMessage] {
    guard !routes.isEmpty else { return [] }
    findResources(in: &workspace)
    var taken: [RoutedMessage] = []
    for route in routes where route.condition < 0 || workspace.isTrue(Int32(route.condition), fromHub) {
      taken.append(RoutedMessage(route: route, order: workspace.text(of: route.order, fromHub)))
    }
    try workspace.throwReports()
    return taken
  }
}

extension Workspace {
  /// What a formula gives as text; `nil` for nothing.
  fileprivate mutating func text(of formula: Int, _ writing: Writing) -> String? {
    guard formula >= 0 else { return nil }
    do {
      guard let item = try evaluate(Int32(formula), writing).first else { return nil }
      return forest.string(forest.written(item))
    } catch {
      let wording = error.problem.wording
      let place = writing.plan.owners.formulas[formula].place
      report(.formulaFailed(reason: "\(wording.title), \(wording.label)", rule: place), at: 0)
      return nil
    }
  }
}
