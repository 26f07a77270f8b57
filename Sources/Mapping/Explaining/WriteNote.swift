import Diagnostics
import Documents
import FHIRPath

/// Which operation wrote a value, and from what.
struct WriteNote {
  /// The value that was written.
  let node: NodeID
  /// The values that it was made from: of the message, or of the hub.
  let sources: [NodeID]
  /// What the operation is.
  let kind: WriteOperation.Kind
  /// The line, if one wrote it.
  let rule: Int?
  let isToHub: Bool
}

/// A condition that was asked, and the values that it looked at.
struct ConditionRead {
  let place: Place
  let nodes: [NodeID]
}

extension Workspace {
  /// Whether a condition holds, noting what it looks at.
  mutating func holdsNoting(_ number: Int32, _ writing: Writing) -> Bool {
    let reader = NodesRead()
    formulaEnvironment.trace = reader
    let holds = isTrue(number, writing)
    formulaEnvironment.trace = nil
    conditionsRead.append(
      ConditionRead(place: writing.plan.owners.formulas[Int(number)].place, nodes: reader.nodes))
    return holds
  }

  /// Runs the operation behind this one and notes what it wrote.
  mutating func writeNoted(_ index: Int, _ writing: Writing) -> Outcome {
    let start = forest.next
    let operation = writing.operations[index + 1]
    let reader = operation.kind == .formula ? NodesRead() : nil
    formulaEnvironment.trace = reader
    let outcome = write(index + 1, writing)
    formulaEnvironment.trace = nil
    guard outcome != .nothing, forest.next > start else { return outcome }
    // What was taken back since then is forgotten.
    while let last = notes.last, last.node >= start { notes.removeLast() }
    let isToHub = writing.plan === writing.mapping.hubWrite
    let rule = operation.rule >= 0 ? Int(operation.rule) : nil
    let sources = reader?.nodes ?? source(of: operation).map { [$0] } ?? []
    for node in start..<forest.next where forest[node].kind != .object && forest[node].kind != .array {
      let copied = operation.kind == .copy ? sources.map { $0 + node - start } : sources
      notes.append(
        WriteNote(node: node, sources: copied, kind: operation.kind, rule: rule, isToHub: isToHub))
    }
    return outcome
  }

  private func source(of operation: WriteOperation) -> NodeID? {
    switch operation.kind {
    case .value, .copy:
      let source = cells[Int(frames[Int(operation.depth)]) + Int(operation.cell)]
      return source >= 0 ? source : nil
    default: return nil
    }
  }
}

/// The values that a formula has looked at.
private final class NodesRead: FormulaTrace {
  private(set) var nodes: [NodeID] = []

  func gave(_ items: Items, at range: Range<Int>, named name: String?, in forest: borrowing Forest) {
    for index in 0..<items.count {
      guard case .node(let node, _) = items[index], forest[node].kind != .object, forest[node].kind != .array,
        !nodes.contains(node)
      else { continue }
      nodes.append(node)
    }
  }
}
