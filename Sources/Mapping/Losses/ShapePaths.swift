import Documents

/// The paths of a document's nodes as its shape has them: slices in brackets, repetitions without numbers.
struct ShapePaths {
  private let types: [ObjectType]
  private(set) var paths: [NodeID: String] = [:]

  init(of root: NodeID, _ type: TypeID, _ shapes: ShapeLibrary, in forest: borrowing Forest) {
    types = shapes.types
    add(root, .object(type), "", in: forest)
  }

  private mutating func add(
    _ node: NodeID, _ content: FieldContent, _ path: String, in forest: borrowing Forest
  ) {
    paths[node] = path
    guard case .object(let type) = content, forest[node].kind == .object else { return }
    for child in forest.children(node) {
      guard let index = types[type].fields.firstIndex(where: { $0.id == forest[child].name }) else {
        continue
      }
      let elements = forest[child].kind == .array ? forest.children(child) : [child]
      for element in elements {
        add(
          element, types[type].fields[index].content, step(path, type, index, element, in: forest), in: forest
        )
      }
    }
  }

  private func step(
    _ path: String, _ type: TypeID, _ field: Int, _ element: NodeID, in forest: borrowing Forest
  ) -> String {
    let slice = types[type].slices.first { slice in
      guard slice.field == field, case .object(let content) = types[type].fields[field].content else {
        return false
      }
      return has(slice.fixed, element, content, in: forest)
    }
    return path.appending(step: types[type].fields[field].name, slice: slice?.name)
  }

  private func has(
    _ fixed: [FixedValue], _ node: NodeID, _ type: TypeID, in forest: borrowing Forest
  ) -> Bool {
    for value in fixed {
      let field = types[type].fields[value.field]
      guard let child = forest.child(node, named: field.id) else { return false }
      var isMet = false
      for element in forest[child].kind == .array ? forest.children(child) : [child] {
        if let text = value.value {
          isMet = isMet || forest.string(element) == text
        } else if case .object(let below) = field.content {
          isMet = isMet || has(value.below, element, below, in: forest)
        }
      }
      guard isMet else { return false }
    }
    return true
  }
}

extension String {
  /// A path with one more step.
  func appending(step: String, slice: String?) -> String {
    let step = step + (slice.map { "[\($0)]" } ?? "")
    return isEmpty ? step : "\(self).\(step)"
  }
}

/// A field somewhere in a shape.
struct ShapeField {
  let path: String
  let content: FieldContent
  let isRequired: Bool
  /// How many repetitions stand around it, itself included.
  let repetitions: Int
  /// The path of the object around it.
  let parent: String
}

extension ShapeLibrary {
  /// All fields of a type and below, in order; types that hold themselves are not followed a second time.
  func fields(of type: TypeID) -> [ShapeField] {
    var found: [ShapeField] = []
    addFields(of: type, "", repetitions: 0, inside: [type], to: &found)
    return found
  }

  private func addFields(
    of type: TypeID, _ path: String, repetitions: Int, inside: [TypeID], to found: inout [ShapeField]
  ) {
    for (index, field) in types[type].fields.enumerated() {
      let slices = types[type].slices.filter { $0.field == index }.map { Optional($0.name) }
      for slice in slices + [nil] {
        let below = path.appending(step: field.name, slice: slice)
        let count = repetitions + (field.cardinality.repeats && slice == nil ? 1 : 0)
        found.append(
          ShapeField(
            path: below, content: field.content, isRequired: field.cardinality.isOwed && slice == nil,
            repetitions: count, parent: path))
        guard case .object(let next) = field.content, !inside.contains(next) else { continue }
        addFields(of: next, below, repetitions: count, inside: inside + [next], to: &found)
      }
    }
  }
}
