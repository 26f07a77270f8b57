import Documents

/// Makes random trees that a shape allows and in which a mapping's lines find something.
///
/// What lines read comes with values that they can take, in the slices that they ask for. Among it stands what they do
/// not read: other fields, other slices, elements that belong to nobody.
struct Sampler {
  /// How full the trees are, in hundredths.
  struct Habits {
    /// Fields that some line reads or writes.
    var touched = 67
    /// Fields without which others that lines read would be worth nothing, if that is more.
    var likely = 0
    /// Optional fields that no line knows.
    var others = 67
    /// No tree has optional fields that no line knows deeper than this.
    var depth = 6
  }

  let shapes: ShapeLibrary
  /// Whether samples have XML's form: names repeat, values are texts. So do HL7 v2's.
  let isXML: Bool
  var habits = Habits()
  var values: ValueGenerator
  /// How the resources of the sample at hand are referred to.
  var references: [ObjectIdentifier: String] = [:]

  init(_ shapes: ShapeLibrary, _ tables: TableLibrary, isXML: Bool, seed: UInt64) {
    self.shapes = shapes
    self.isXML = isXML
    values = ValueGenerator(tables: tables, seed: seed)
  }

  /// Adds an object and all that is in it.
  mutating func object(_ type: TypeID, name: NameID, _ wish: Wish, depth: Int, into forest: inout Forest) {
    let node = forest.open(.object, name: name, offset: 0)
    for (index, field) in shapes.types[type].fields.enumerated() {
      let wishes = wish.below(index, of: shapes.types[type])
      guard isWanted(field, wishes, depth) else { continue }
      let start = forest.next
      if field.cardinality.repeats {
        repetition(field, index, of: type, wishes, depth: depth, into: &forest)
      } else {
        let one = wishes.isEmpty ? Wish() : wishes[values.below(wishes.count)].wish
        content(field, name: field.id, one, depth: depth, into: &forest)
      }
      if !field.cardinality.isRequired, isHollow(start, in: forest) { forest.truncate(to: start) }
    }
    forest.close(node)
  }

  private mutating func isWanted(_ field: Field, _ wishes: [SelectedWish], _ depth: Int) -> Bool {
    if field.cardinality.isRequired || wishes.contains(where: \.wish.isCertain) { return true }
    if wishes.isEmpty { return depth < habits.depth && values.chance(habits.others, of: 100) }
    return isThere(wishes.contains(where: \.wish.isLikely))
  }

  /// Whether something that lines know is there.
  private mutating func isThere(_ isLikely: Bool) -> Bool {
    let percent = isLikely ? max(habits.touched, habits.likely) : habits.touched
    return values.chance(percent, of: 100)
  }

  /// An object whose fields have all stayed away says nothing; it counts as absent.
  private func isHollow(_ node: NodeID, in forest: borrowing Forest) -> Bool {
    node + 1 == forest.next && (forest[node].kind == .object || forest[node].kind == .array)
  }
}

// MARK: Fields

extension Sampler {
  private mutating func repetition(
    _ field: Field, _ index: Int, of type: TypeID, _ wishes: [SelectedWish], depth: Int,
    into forest: inout Forest
  ) {
    var elements = elements(wishes)
    if elements.isEmpty && field.cardinality.isRequired || hasStrangers(wishes) {
      elements += (0...values.below(2)).map { _ in stranger(index, of: type, wishes) }
    }
    guard isXML else {
      let array = forest.open(.array, name: field.id, offset: 0)
      for wish in elements { content(field, name: NameTable.unnamed, wish, depth: depth, into: &forest) }
      return forest.close(array)
    }
    for wish in elements { content(field, name: field.id, wish, depth: depth, into: &forest) }
  }

  /// The elements that lines ask for: the first at the front, the others in any order.
  private mutating func elements(_ wishes: [SelectedWish]) -> [Wish] {
    var elements: [Wish] = []
    for selected in wishes where selected.selector != .first {
      let count =
        selected.selector.isAll
        ? length()
        : selected.wish.isCertain || isThere(selected.wish.isLikely) ? 1 : 0
      for _ in 0..<count { elements.insert(selected.wish, at: values.below(elements.count + 1)) }
    }
    return wishes.filter { $0.selector == .first }.map(\.wish) + elements
  }

  /// Long only where nothing is left out: of many elements one that lacks something needed spoils the sample.
  private mutating func length() -> Int {
    habits.touched == 100 && values.chance(1, of: 20) ? 12 : values.below(4)
  }

  /// Whether elements that no line asks for are to stand among the others.
  private mutating func hasStrangers(_ wishes: [SelectedWish]) -> Bool {
    if wishes.isEmpty { return true }
    return !wishes.contains { $0.selector == .all(nil) || $0.selector == .first } && values.chance(1, of: 5)
  }

  /// An element of a slice that no line asks for, or of none.
  private mutating func stranger(_ index: Int, of type: TypeID, _ wishes: [SelectedWish]) -> Wish {
    let others = shapes.types[type].slices.filter { slice in
      slice.field == index && !wishes.contains { $0.selector.slice?.name == slice.name }
    }
    guard !others.isEmpty, values.chance(1, of: 2) else { return Wish() }
    return Wish(fixed: others[values.below(others.count)].fixed)
  }

  private mutating func content(
    _ field: Field, name: NameID, _ wish: Wish, depth: Int, into forest: inout Forest
  ) {
    switch field.content {
    case .object(let type): object(type, name: name, wish, depth: depth + 1, into: &forest)
    case .value(let type):
      guard let value = value(of: type, wish) else { return }
      let text = forest.append(value)
      forest.leaf(isXML ? .string : type.jsonKind, name: name, text: text, offset: 0)
    }
  }

  private mutating func value(of type: ScalarType, _ wish: Wish) -> String? {
    if let text = wish.text { return text }
    if case .reference(let other, _)? = wish.target?.leaf { return references[ObjectIdentifier(other)] }
    return values.value(of: type, for: wish.source?.conversions ?? [])
  }
}
