public import Documents

/// Makes random documents that a mapping's shape allows, the same ones for the same seed.
///
/// Optional fields, repetitions, all codes, partial dates, Swedish letters and the hours around the change to
/// and from summer
/// time occur. Persons are born in the nineteenth century, so that no number is a living person's.
public struct DocumentGenerator {
  private let library: ShapeLibrary
  private let root: TypeID
  private let rootName: NameID
  private let isXML: Bool
  private var values: ValueGenerator

  /// A generator for documents of a mapping's format.
  public init(for mapping: Mapping, seed: UInt64) {
    (library, root, rootName) = mapping.shapeOfDocuments
    isXML = mapping.format == .xml
    values = ValueGenerator(seed: seed, isXML: mapping.format == .xml)
  }

  /// Adds one document and returns its root.
  public mutating func next(into forest: inout Forest) -> NodeID {
    let start = forest.next
    object(root, name: rootName, depth: 0, into: &forest)
    return start
  }

  private mutating func object(_ type: TypeID, name: NameID, depth: Int, into forest: inout Forest) {
    let node = forest.open(.object, name: name, offset: 0)
    for field in library.types[type].fields where isWanted(field, depth) {
      let start = forest.next
      self.field(field, depth: depth, into: &forest)
      if !field.cardinality.isRequired, isHollow(start, in: forest) { forest.truncate(to: start) }
    }
    forest.close(node)
  }

  /// An object whose fields have all stayed away says nothing; it counts as absent.
  private func isHollow(_ node: NodeID, in forest: borrowing Forest) -> Bool {
    node + 1 == forest.next && forest[node].kind == .object
  }

  /// Deep optional fields stay away, so that recursive types end.
  private mutating func isWanted(_ field: Field, _ depth: Int) -> Bool {
    field.cardinality.isRequired || depth < 6 && values.chance(2, of: 3)
  }

  private mutating func field(_ field: Field, depth: Int, into forest: inout Forest) {
    guard field.cardinality.repeats else {
      return content(field, name: field.id, depth: depth, into: &forest)
    }
    let count = 1 + values.below(3)
    guard isXML else {
      let array = forest.open(.array, name: field.id, offset: 0)
      for _ in 0..<count { content(field, name: NameTable.unnamed, depth: depth, into: &forest) }
      return forest.close(array)
    }
    for _ in 0..<count { content(field, name: field.id, depth: depth, into: &forest) }
  }

  private mutating func content(_ field: Field, name: NameID, depth: Int, into forest: inout Forest) {
    switch field.content {
    case .object(let type): object(type, name: name, depth: depth + 1, into: &forest)
    case .value(let type):
      let text = forest.append(values.value(of: type))
      forest.leaf(isXML ? .string : type.jsonKind, name: name, text: text, offset: 0)
    }
  }
}
