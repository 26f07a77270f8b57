import Diagnostics

/// Finds required fields of written objects that no line writes.
struct RequiredFieldCheck {
  let library: ShapeLibrary
  let source: MappingSource

  func run(_ scope: Scope, _ diagnostics: inout [Diagnostic]) {
    resources(scope, &diagnostics)
    if scope.formatTarget.isWritten {
      check(scope.formatTarget, source.place, .out, &diagnostics)
    }
  }

  private func resources(_ scope: Scope, _ diagnostics: inout [Diagnostic]) {
    for name in scope.names where name.resource != nil && name.target.isMade {
      check(name.target, name.resource?.place ?? source.place, .in, &diagnostics)
    }
    for block in scope.resourceBlocks { resources(block.scope, &diagnostics) }
  }

  private func check(
    _ node: TargetNode, _ place: Place, _ direction: Direction, _ diagnostics: inout [Diagnostic]
  ) {
    guard case .object(let type) = node.content, node.isWritten else { return }
    for (index, field) in library.types[type].fields.enumerated() where field.cardinality.isOwed {
      if case .value(.fixed) = field.content { continue }
      guard !node.children.contains(where: { $0.step.field == index }) else { continue }
      let problem = Problem.requiredNeverWritten(
        path: node.path.isEmpty ? field.name : "\(node.path).\(field.name)", shape: library.types[type].shape,
        direction: direction.rawValue)
      diagnostics.append(Diagnostic(problem, at: place))
    }
    for child in node.children { check(child.node, child.node.place ?? place, direction, &diagnostics) }
  }
}
