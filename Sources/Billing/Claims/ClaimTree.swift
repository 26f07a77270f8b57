import Documents

/// A claim's elements over a tree that was read or is about to be written: a copy without attributes, its names known
/// by number, so that checking 1 800 lines builds no tree of its own.
final class ClaimTree {
  private struct Record {
    let node: NodeID
    /// Of ``names``.
    let name: Int32
    var end: Int32
    let textStart, textEnd: Int32
  }

  private var records: [Record] = []
  private var text: [UInt8] = []
  private var names: [(known: ClaimName?, text: String)] = []
  /// By the forest's numbers; -1 for what was not met yet.
  private var numbers: [Int32] = []

  /// The tree below a node.
  init(_ root: NodeID, _ forest: borrowing Forest) {
    add(root, forest)
  }

  /// The element that the tree was made of.
  var root: Element { Element(tree: self, index: 0) }

  private func add(_ node: NodeID, _ forest: borrowing Forest) {
    let range = forest[node].text
    let start = Int32(text.count)
    if range.length > 0 { forest.text.withElements { text.append(contentsOf: $0[range.indices]) } }
    let index = records.count
    records.append(
      Record(
        node: node, name: number(forest[node].name, forest), end: 0, textStart: start,
        textEnd: Int32(text.count)))
    var child = node + 1
    while child < forest[node].end {
      if forest.firstByte(ofName: forest[child].name) != UInt8(ascii: "$") { add(child, forest) }
      child = forest[child].end
    }
    records[index].end = Int32(records.count)
  }

  private func number(_ id: NameID, _ forest: borrowing Forest) -> Int32 {
    if Int(id) >= numbers.count {
      numbers += [Int32](repeating: -1, count: Int(id) + 1 - numbers.count)
    }
    if numbers[Int(id)] >= 0 { return numbers[Int(id)] }
    let text = String(decoding: forest.localName(id), as: UTF8.self)
    names.append((ClaimName.named[text], text))
    let number = Int32(names.count - 1)
    numbers[Int(id)] = number
    return number
  }
}

extension ClaimTree {
  /// An element.
  struct Element {
    fileprivate let tree: ClaimTree
    fileprivate let index: Int32

    private var record: Record { tree.records[Int(index)] }

    /// Where it stands in the forest.
    var node: NodeID { record.node }
    /// Its local name, when rules ask for it.
    var name: ClaimName? { tree.names[Int(record.name)].known }
    /// Its local name.
    var label: String { tree.names[Int(record.name)].text }
    /// Its text.
    var text: String {
      let record = record
      return String(decoding: tree.text[Int(record.textStart)..<Int(record.textEnd)], as: UTF8.self)
    }
    /// Whether nothing stands in it.
    var isEmpty: Bool { record.end == index + 1 && record.textStart == record.textEnd }
    /// How many children it has.
    var childCount: Int {
      var count = 0
      eachChild { _ in
        count += 1
        return true
      }
      return count
    }

    /// Goes through the children while `body` wants more.
    private func eachChild(_ body: (Int32) -> Bool) {
      let records = tree.records
      let end = records[Int(index)].end
      var child = index + 1
      while child < end, body(child) { child = records[Int(child)].end }
    }

    /// The children with a name.
    func all(_ name: ClaimName) -> [Element] {
      var found: [Element] = []
      eachChild {
        if tree.name(of: $0) == name { found.append(Element(tree: tree, index: $0)) }
        return true
      }
      return found
    }

    /// The first child with a name.
    subscript(name: ClaimName) -> Element? {
      var found: Int32 = -1
      eachChild {
        if tree.name(of: $0) == name { found = $0 }
        return found < 0
      }
      return found < 0 ? nil : Element(tree: tree, index: found)
    }

    /// What stands at the end of a way through first children.
    func at(_ path: ClaimName...) -> Element? {
      path.reduce(Optional(self)) { element, name in element?[name] }
    }

    /// The elements from this one down that `isMeant`, in their order.
    func below(_ isMeant: (Element) -> Bool) -> [Element] {
      (index..<record.end).lazy.map { Element(tree: tree, index: $0) }.filter(isMeant)
    }
  }

  private func name(of index: Int32) -> ClaimName? { names[Int(records[Int(index)].name)].known }
}
