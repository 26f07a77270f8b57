import Diagnostics

/// A place in a document that lines write.
final class TargetNode {
  /// What comes out at a value.
  enum Leaf {
    case fixed(String)
    case line(LeafLine)
    /// A reference to a resource of this mapping; `isLink` when it hangs on the target (`where`) and makes
    /// nothing exist.
    case reference(HubName, isLink: Bool)
  }

  let content: FieldContent
  /// The field's name on the way here, for diagnostics.
  let path: String
  private(set) var children: [(step: Step, node: TargetNode)] = []
  var leaf: Leaf?
  /// For the body of an `each`: where its elements come from.
  var each: EachLine?
  /// Whether it belongs to the fixed values of a slice.
  private(set) var isFixed = false
  /// The first line that writes here or below.
  var place: Place?

  init(_ content: FieldContent, path: String) {
    self.content = content
    self.path = path
  }

  /// The node a step further down; a slice brings its fixed values.
  func descend(_ step: Step, in library: ShapeLibrary, at place: Place?) -> TargetNode {
    if self.place == nil { self.place = place }
    if let known = children.first(where: { $0.step.field == step.field && $0.step.selector == step.selector })
    {
      return known.node
    }
    let field = library.types[step.owner].fields[step.field]
    let suffix = step.selector.slice.map { "[\($0.name)]" } ?? ""
    let node = TargetNode(
      field.content, path: path.isEmpty ? field.name + suffix : "\(path).\(field.name)\(suffix)")
    children.append((step, node))
    node.fix(step.selector.slice?.fixed ?? [], in: library)
    return node
  }

  /// Gives it values that never change.
  func fix(_ fixed: [FixedValue], in library: ShapeLibrary) {
    guard case .object(let type) = content else { return }
    for value in fixed {
      let repeats = library.types[type].fields[value.field].cardinality.repeats
      let step = Step(field: value.field, owner: type, selector: repeats ? .first : .only)
      let child = descend(step, in: library, at: nil)
      child.isFixed = true
      if let text = value.value { child.leaf = .fixed(text) }
      child.fix(value.below, in: library)
    }
  }

  /// Whether a reference to a resource of the mapping stands here or below.
  var holdsReference: Bool {
    if case .reference? = leaf { return true }
    return children.contains { $0.node.holdsReference }
  }

  /// Whether something here or below makes the resource exist that this is: a line does, a link does not, and a
  /// reference does when what it refers to exists.
  var isMade: Bool {
    switch leaf {
    case .line: true
    case .reference(let other, let isLink): !isLink && other.target.isMade
    case .fixed, nil: each != nil || children.contains { $0.node.isMade }
    }
  }

  /// Whether a line of the mapping, not only fixed values, writes here or below.
  var isWritten: Bool {
    switch leaf {
    case .line, .reference: return true
    case .fixed, nil: return each != nil || children.contains { $0.node.isWritten }
    }
  }
}

/// A line that writes one value.
struct LeafLine {
  enum Source {
    case cell(depth: Int, cell: Int)
    case formula(Int)
  }

  let source: Source
  let conversions: [Conversion]
  let rule: Int
}

/// Where the elements of an `each` come from.
enum EachLine {
  /// Frames that reading the document has filled.
  case frames(depth: Int, listCell: Int, when: Int)
  /// Resources of the hub, each read in turn.
  case resources(Scope)
}
