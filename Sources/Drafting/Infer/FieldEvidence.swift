import Documents

/// A field's name in a document: a local part in a namespace.
struct ObservedName: Hashable, Sendable {
  let local: String
  let namespace: String

  init(_ node: NodeID, in forest: borrowing Forest) {
    local = String(decoding: forest.localName(forest[node].name), as: UTF8.self)
    namespace = forest.namespaceURI(forest[node].name)
  }

  /// An element's own text.
  var isOwnText: Bool { local == "$" }
  var isAttribute: Bool { local.hasPrefix("$") && local.count > 1 }
}

/// What the examples show of one field.
struct FieldEvidence: Sendable {
  let name: ObservedName
  /// In how many of its parents it stands and holds something.
  var parents = 0
  /// How many times it stands in one parent, at most; arrays count once.
  var most = 0
  /// Arrays, and those with something in them.
  var arrays = 0
  var filledArrays = 0
  /// Times that it is no array, `null` left out.
  var singles = 0
  var content = ContentEvidence()

  /// Adds what stands under its name in one parent.
  mutating func add(_ nodes: [NodeID], in forest: borrowing Forest, _ kind: TreeKind) {
    var filled = 0
    for node in nodes {
      guard forest[node].kind != .array else {
        let found = addArray(node, in: forest, kind)
        filled += found
        continue
      }
      if forest[node].kind != .null { singles += 1 }
      if content.add(node, in: forest, kind) { filled += 1 }
    }
    most = max(most, nodes.count)
    if filled > 0 { parents += 1 }
  }

  private mutating func addArray(_ array: NodeID, in forest: borrowing Forest, _ kind: TreeKind) -> Int {
    var filled = 0
    for element in forest.children(array) where content.add(element, in: forest, kind) { filled += 1 }
    arrays += 1
    if filled > 0 { filledArrays += 1 }
    return filled
  }
}

/// What the examples show under one name, or in the elements of one array.
struct ContentEvidence: Sendable {
  /// Objects.
  private(set) var objects = 0
  /// Arrays in arrays.
  private(set) var nestedArrays = 0
  /// Texts without anything in them.
  private(set) var empties = 0
  /// Elements that are texts alone (XML).
  private(set) var texts = 0
  /// How many pieces of own text one element has at most (XML).
  private(set) var mostOwnTexts = 0
  /// How many elements have own text beside attributes and children (XML).
  private(set) var objectsWithText = 0
  /// Values; in XML own text too.
  private(set) var values = ValueEvidence()
  /// The fields of the objects, in the order of the documents.
  private(set) var fields: [FieldEvidence] = []

  /// Adds a value or an object; `false` when it counts as absent.
  mutating func add(_ node: NodeID, in forest: borrowing Forest, _ kind: TreeKind) -> Bool {
    switch forest[node].kind {
    case .null: return false
    case .array:
      nestedArrays += 1
      return true
    case .object:
      add(object: node, in: forest, kind)
      return true
    case .string, .number, .boolean: return add(value: node, in: forest, kind)
    }
  }

  private mutating func add(value node: NodeID, in forest: borrowing Forest, _ kind: TreeKind) -> Bool {
    let text = forest.string(node)
    let isEmpty = kind.isPlain ? text.utf8.allSatisfy { $0 <= 0x20 } : text.isEmpty
    if isEmpty {
      empties += 1
    } else {
      texts += 1
      mostOwnTexts = max(mostOwnTexts, 1)
      values.add(text, forest[node].kind, kind)
    }
    return !isEmpty
  }

  private mutating func add(object node: NodeID, in forest: borrowing Forest, _ kind: TreeKind) {
    objects += 1
    var position = 0
    var ownTexts = 0
    for (name, nodes) in Self.grouped(node, in: forest) {
      if kind.isPlain, name.isOwnText {
        for node in nodes { values.add(forest.string(node), .string, kind) }
        ownTexts = nodes.count
        continue
      }
      let index = fields.firstIndex { $0.name == name } ?? insert(name, at: position)
      fields[index].add(nodes, in: forest, kind)
      position = index + 1
    }
    mostOwnTexts = max(mostOwnTexts, ownTexts)
    if ownTexts > 0 { objectsWithText += 1 }
  }

  /// A new field goes behind the one that stands before it in the document, for its order is XML's.
  private mutating func insert(_ name: ObservedName, at index: Int) -> Int {
    fields.insert(FieldEvidence(name: name), at: index)
    return index
  }

  private static func grouped(
    _ node: NodeID, in forest: borrowing Forest
  ) -> [(name: ObservedName, nodes: [NodeID])] {
    var groups: [(name: ObservedName, nodes: [NodeID])] = []
    var places: [NameID: Int] = [:]
    for child in forest.children(node) {
      if let place = places[forest[child].name] {
        groups[place].nodes.append(child)
      } else {
        places[forest[child].name] = groups.count
        groups.append((ObservedName(child, in: forest), [child]))
      }
    }
    return groups
  }

  /// How many parents its fields could have stood in: in XML an element of text alone may have had fields
  /// too.
  var parentsOfFields: Int { objects + texts + empties }
}
