import Diagnostics
import Documents

/// The smallest document that shows that an ambiguity is real.
enum CounterExample {
  private static let runs = 1000

  /// What was reported of a mapping, with documents that do not come back where some are found.
  static func add(
    to diagnostics: [Diagnostic], of checked: CheckedMapping, _ shapes: ShapeLibrary, _ tables: TableLibrary
  ) -> [Diagnostic] {
    guard !diagnostics.isEmpty else { return [] }
    let shapeTables = ShapeTables(shapes)
    let plan = MappingPlan(MappingPlanBuilder(checked, shapes, tables))
    let mapping = Mapping(checked, plan, shapes, shapeTables)
    let hub = HubDocument(shapes, shapeTables)
    return diagnostics.map { diagnostic in
      guard case .readsAnother(let path, let other, let example, _) = diagnostic.problem else {
        return diagnostic
      }
      var check = LawCheck(checked, mapping, hub, shapes, tables, seed: 1)
      check.isAskedFor = { lens in
        [path, other].contains { lens.hubPath.hasPrefix($0 + ".") || lens.hubPath.contains(".\($0).") }
      }
      let document = document(check)
      return Diagnostic(
        .readsAnother(path: path, other: other, example: example, document: document),
        at: diagnostic.place, labels: diagnostic.labels)
    }
  }

  private static func document(_ check: consuming LawCheck) -> String? {
    check.run(.document, runs: runs) { forest, root, _ in lines(root, of: forest) }
    guard case .lawBroken(_, _, _, _, let document)? = check.finished().diagnostics.first?.problem else {
      return nil
    }
    return document
  }

  /// One line for each value: `patient.identifier[0].value: x`.
  private static func lines(_ root: NodeID, of forest: borrowing Forest) -> String {
    var lines: [String] = []
    add(root, "", of: forest, to: &lines)
    return lines.joined(separator: "\n")
  }

  private static func add(
    _ node: NodeID, _ path: String, of forest: borrowing Forest, to lines: inout [String]
  ) {
    guard forest[node].kind == .object || forest[node].kind == .array else {
      return lines.append("\(path): \(forest.string(node))")
    }
    for (index, child) in forest.children(node).enumerated() {
      let name = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
      let step = forest[node].kind == .array ? "[\(index)]" : path.isEmpty ? name : "." + name
      add(child, path + step, of: forest, to: &lines)
    }
  }
}
