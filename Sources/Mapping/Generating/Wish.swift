/// What one object or value of a sample is to be like.
struct Wish {
  /// What lines read of it.
  var source: SourceNode?
  /// What lines write of it.
  var target: TargetNode?
  /// Values that stand in it.
  var fixed: [FixedValue] = []
  /// The value that it is.
  var text: String?
  /// The id of the resource that it is.
  var id: String?

  /// Whether it must be there for its surroundings to be what they are.
  var isCertain: Bool {
    !fixed.isEmpty || text != nil || source?.isNeeded == true || target?.holdsReference == true
  }

  /// Whether what hangs on it is mostly worthless without it.
  var isLikely: Bool { source?.holdsNeededBesides == true }

  /// What is wished for a field, by which of its elements; the first element at the front.
  func below(_ field: Int, of type: ObjectType) -> [SelectedWish] {
    var wishes: [SelectedWish] = []
    for edge in source?.edges ?? [] where edge.step.field == field {
      Self.change(edge.step.selector, in: &wishes) { $0.source = edge.node }
    }
    for child in target?.children ?? [] where child.step.field == field {
      Self.change(child.step.selector, in: &wishes) { $0.target = child.node }
    }
    let one: Selector = type.fields[field].cardinality.repeats ? .first : .only
    for value in fixed where value.field == field {
      Self.change(one, in: &wishes) {
        $0.fixed += value.below
        $0.text = value.value
      }
    }
    if let id, type.fields[field].name == "id" { Self.change(.only, in: &wishes) { $0.text = id } }
    return wishes
  }

  private static func change(
    _ selector: Selector, in wishes: inout [SelectedWish], _ change: (inout Wish) -> Void
  ) {
    if let known = wishes.firstIndex(where: { $0.selector == selector }) {
      return change(&wishes[known].wish)
    }
    var new = SelectedWish(selector: selector, wish: Wish(fixed: selector.slice?.fixed ?? []))
    change(&new.wish)
    if selector == .first { wishes.insert(new, at: 0) } else { wishes.append(new) }
  }
}

extension SourceNode {
  fileprivate var holdsNeededBesides: Bool {
    isNeededBesides || edges.contains { !$0.step.selector.isAll && $0.node.holdsNeededBesides }
  }
}

/// A wish for some of a field's elements.
struct SelectedWish {
  let selector: Selector
  var wish: Wish
}
