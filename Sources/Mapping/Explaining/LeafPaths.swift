import Documents

/// The paths of a tree's values, with the places of elements in their repetitions: `visit.diagnoses[0].code`.
struct LeafPaths {
  /// The values in order.
  private(set) var leaves: [NodeID] = []
  /// By value.
  private(set) var paths: [NodeID: String] = [:]

  /// - Parameter prefix: what stands before each path, such as a resource's type.
  init(of root: NodeID, _ prefix: String, in forest: borrowing Forest) {
    add(root, prefix, in: forest)
  }

  private mutating func add(_ node: NodeID, _ path: String, in forest: borrowing Forest) {
    switch forest[node].kind {
    case .object: addMembers(of: node, path, in: forest)
    case .array:
      for (index, child) in forest.children(node).enumerated() {
        add(child, "\(path)[\(index)]", in: forest)
      }
    case .string, .number, .boolean:
      leaves.append(node)
      paths[node] = path
    case .null: break
    }
  }

  /// XML repeats elements: those of one name are numbered when there are several.
  private mutating func addMembers(of node: NodeID, _ path: String, in forest: borrowing Forest) {
    let children = forest.children(node)
    var counts: [NameID: Int] = [:]
    for child in children { counts[forest[child].name, default: 0] += 1 }
    var numbers: [NameID: Int] = [:]
    for child in children {
      let name = forest[child].name
      let number = numbers[name, default: 0]
      numbers[name] = number + 1
      let step = String(decoding: forest.localName(name), as: UTF8.self)
      let suffix = counts[name, default: 1] > 1 ? "[\(number)]" : ""
      add(child, (path.isEmpty ? step : "\(path).\(step)") + suffix, in: forest)
    }
  }
}
