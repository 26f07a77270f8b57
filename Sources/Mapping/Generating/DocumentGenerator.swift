public import Documents

/// Makes random documents that a mapping's shape allows, the same ones for the same seed.
///
/// Optional fields, repetitions, all codes, partial dates, Swedish letters and the hours around the change to
/// and from summer time occur. Persons are born in the nineteenth century, so that no number is a living person's.
public struct DocumentGenerator {
  private let root: TypeID
  private let rootName: NameID
  private var sampler: Sampler
  private let habits: Sampler.Habits
  private var count = 0

  /// A generator for documents of a mapping's format.
  public init(for mapping: Mapping, seed: UInt64) {
    let library: ShapeLibrary
    (library, root, rootName) = mapping.shapeOfDocuments
    sampler = Sampler(library, TableLibrary(), isXML: mapping.format.isPlain, seed: seed)
    habits = Sampler.Habits()
  }

  /// A generator for resources of the hub; choice elements stand side by side.
  /// - Parameter depth: no optional elements stand deeper: data types hold each other without end.
  /// - Returns: `nil` when the hub has no such resource.
  public init?(resource: String, of library: MappingLibrary, depth: Int, seed: UInt64) {
    guard let shape = library.shapes.resource(resource) else { return nil }
    (root, rootName) = (shape.root, NameTable.unnamed)
    sampler = Sampler(library.shapes, TableLibrary(), isXML: false, seed: seed)
    habits = Sampler.Habits(others: 25, depth: depth)
  }

  /// Adds one document and returns its root.
  public mutating func next(into forest: inout Forest) -> NodeID {
    let start = forest.next
    setHabits()
    sampler.object(root, name: rootName, Wish(), depth: 0, into: &forest)
    return start
  }

  /// Now and then the least that the shape allows, or nearly all.
  private mutating func setHabits() {
    count += 1
    switch count % 20 {
    case 7: sampler.habits.others = 0
    case 17: (sampler.habits.others, sampler.habits.depth) = (100, min(3, habits.depth))
    default: sampler.habits = habits
    }
  }
}
