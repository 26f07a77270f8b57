import Mapping
import Store

/// Who answers for the resources of one patient: the care units and care givers between which blocks are set,
/// by what the hub's rules call `care-unit` and `care-giver`.
///
/// A resource is its own owners' and those of what it is part of; one that has neither, such as a booking, is
/// that of the resources that refer to it.
struct HubOwners {
  private struct Owner: Hashable {
    let careUnit, careGiver: String
  }

  private let materials: [HubKey: HubMaterial]
  private var owners: [HubKey: Set<Owner>] = [:]
  private var wholes: [HubKey: [HubKey]] = [:]
  private var referrers: [HubKey: [HubKey]] = [:]

  init(of patient: HubKey, _ library: MappingLibrary, _ store: any HubStore) throws {
    let found = try store.materials(under: patient).filter { $0.resource.state != .withdrawn }
    materials = Dictionary(found.map { ($0.resource.id, $0) }) { first, _ in first }
    let tree = HubTree(library)
    tree.begin(now: "")
    for material in found {
      try add(material.resource, library.hubRules.resources[material.resource.type], tree)
    }
  }

  private mutating func add(_ resource: HubResource, _ rule: ResourceRule?, _ tree: HubTree) throws {
    let node = try tree.read(resource.content, named: "hub")
    let whole = try tree.names(rule?.partOf, of: node)
    wholes[resource.id] = whole
    for name in tree.names(in: node) {
      referrers[name, default: []].append(resource.id)
    }
    guard let unit = rule?.search.first(where: { $0.name == "care-unit" }),
      let giver = rule?.search.first(where: { $0.name == "care-giver" })
    else { return }
    let units = Self.ids(try tree.values(unit.formula, of: node), tree)
    let givers = Self.ids(try tree.values(giver.formula, of: node), tree)
    for id in whole {
      for unit in units {
        for giver in givers { owners[id, default: []].insert(Owner(careUnit: unit, careGiver: giver)) }
      }
    }
  }

  /// What is not said is an empty id, by which nothing is shown.
  private static func ids(_ values: [HubValue], _ tree: HubTree) -> [String] {
    let ids = values.compactMap { value -> String? in
      if case .identifier(_, let id) = value { tree.string(id) } else { nil }
    }
    return ids.isEmpty ? [""] : ids
  }

  // MARK: what checks are told

  /// A record for each that answers for a resource; one that nobody answers for has a record of nobody's.
  func records(of resource: HubResource, number: Int, kind: String) -> [CheckedRecord] {
    let found = whose(resource.id)
    let times = times(of: resource)
    return (found.isEmpty ? [Owner(careUnit: "", careGiver: "")] : found).enumerated().map { index, owner in
      CheckedRecord(
        number: number + index, careUnit: owner.careUnit, careGiver: owner.careGiver, times: times, kind: kind
      )
    }
  }

  private func whose(_ id: HubKey) -> Set<Owner> {
    let own = ([id] + (wholes[id] ?? [])).reduce(into: Set<Owner>()) { $0.formUnion(owners[$1] ?? []) }
    guard own.isEmpty else { return own }
    return (referrers[id] ?? []).reduce(into: Set<Owner>()) { $0.formUnion(owners[$1] ?? []) }
  }

  /// By what it is found, or when it was told.
  private func times(of resource: HubResource) -> [String] {
    let ranges = materials[resource.id]?.index.ranges.map(\.times) ?? []
    let ends = ranges.flatMap { [$0.lowerBound, $0.upperBound] }
    return (ends.isEmpty ? [resource.origin.time] : ends).map(SwedishTime.text)
  }
}
