import Documents

/// Makes random Bundles of the resources that a mapping is about, tied together as its lines expect.
struct HubSampler {
  private let mapping: CheckedMapping
  var sampler: Sampler
  private var occurrence: [Int] = []

  init(_ mapping: CheckedMapping, _ shapes: ShapeLibrary, _ tables: TableLibrary, seed: UInt64) {
    self.mapping = mapping
    sampler = Sampler(shapes, tables, isXML: false, seed: seed)
  }

  /// Adds one Bundle and returns its root.
  mutating func next(into forest: inout Forest) -> NodeID {
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    let type = forest.append("Bundle")
    forest.leaf(.string, name: forest.intern("resourceType"), text: type, offset: 0)
    let entries = forest.open(.array, name: forest.intern("entry"), offset: 0)
    sampler.references = [:]
    resources(of: mapping.scope, into: &forest)
    forest.close(entries)
    forest.close(root)
    return root
  }

  private mutating func resources(of scope: Scope, into forest: inout Forest) {
    let names = scope.names.filter { $0.resource != nil }
    for (index, name) in names.enumerated() {
      let isThere =
        index == 0 || name.source.isNeeded || sampler.values.chance(sampler.habits.touched, of: 100)
      sampler.references[ObjectIdentifier(name)] = isThere ? reference(to: name) : nil
    }
    // What refers to a resource that is not there is not there either.
    for _ in names {
      for name in names where name.resource?.links.allSatisfy(isThere) == false {
        sampler.references[ObjectIdentifier(name)] = nil
      }
    }
    for name in names where sampler.references[ObjectIdentifier(name)] != nil { add(name, into: &forest) }
    for block in scope.resourceBlocks {
      for number in 0..<sampler.values.below(4) {
        occurrence.append(number + 1)
        resources(of: block.scope, into: &forest)
        occurrence.removeLast()
      }
    }
  }

  private func isThere(_ name: HubName) -> Bool { sampler.references[ObjectIdentifier(name)] != nil }

  private func reference(to name: HubName) -> String {
    ([(name.resource?.typeName ?? "") + "/" + name.name] + occurrence.map(String.init)).joined(separator: "-")
  }

  private mutating func add(_ name: HubName, into forest: inout Forest) {
    guard let resource = name.resource, let reference = sampler.references[ObjectIdentifier(name)] else {
      return
    }
    let entry = forest.open(.object, name: NameTable.unnamed, offset: 0)
    let id = String(reference.dropFirst(resource.typeName.count + 1))
    let wish = Wish(source: name.source, target: name.target, fixed: resource.fixed, id: id)
    sampler.object(resource.type, name: forest.intern("resource"), wish, depth: 0, into: &forest)
    forest.close(entry)
  }
}
