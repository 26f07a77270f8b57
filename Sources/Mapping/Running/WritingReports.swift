import Diagnostics
import Documents

extension Workspace {
  /// A required field that nothing in the message feeds.
  @inline(never)
  mutating func reportNothing(_ index: Int, _ node: NodeID, _ writing: Writing) {
    let operation = writing.operations[index]
    let rule =
      operation.rule >= 0 ? writing.plan.rules[Int(operation.rule)] : firstRule(below: index, writing.plan)
    let written = writing.plan.paths[index]
    report(
      .nothingForRequired(path: written.path, shape: written.shape, rule: rule?.place),
      at: forest[node].offset,
      path: rule?.source)
  }

  private func firstRule(below index: Int, _ plan: WritePlan) -> Rule? {
    for i in index..<Int(plan.operations[index].end) where plan.operations[i].rule >= 0 {
      return plan.rules[Int(plan.operations[i].rule)]
    }
    return nil
  }
}
