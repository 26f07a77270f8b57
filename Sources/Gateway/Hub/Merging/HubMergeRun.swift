import Documents
import Mapping
import Store

/// The merging of one message.
struct HubMergeRun {
  let rules: HubRules
  let tree: HubTree
  let naming: HubNaming
  let store: any HubStore
  let origin: HubOrigin
  /// What is known of all that the message is about, by name.
  private var known: [HubKey: HubKnown] = [:]
  private var changes: [HubChange] = []

  init(
    rules: HubRules, tree: HubTree, naming: HubNaming, store: any HubStore, origin: HubOrigin
  ) {
    self.rules = rules
    self.tree = tree
    self.naming = naming
    self.store = store
    self.origin = origin
  }

  mutating func merge(_ told: [HubTold]) throws(HubFailure) -> HubMergedTrees {
    let resources = gathered(told)
    let parts = try HubParts(resources.filter { $0.rule != nil }, rules, tree, origin)
    let materials = try reading { store throws(StoreError) in
      try store.materials(resources.filter { $0.rule != nil }.map(\.id), lists: parts.lists)
    }
    try decide(resources, parts, materials)
    try takeParts(of: parts, materials)
    try takeReferences()
    try describe()
    return HubMergedTrees(changes: changes, resources: inDocument(resources), time: origin.time)
  }

  /// Resources of one name are one: the first that has an element tells it.
  private func gathered(_ told: [HubTold]) -> [HubTold] {
    var places: [HubKey: Int] = [:]
    var resources: [HubTold] = []
    for resource in told {
      guard let place = places[resource.id] else {
        places[resource.id] = resources.count
        resources.append(resource)
        continue
      }
      resources[place].statement = tree.merge(
        [resources[place].statement, resource.statement], HubMergeRule(rules.unions, resource.rule))
    }
    return resources
  }

  // MARK: deciding

  private mutating func decide(
    _ resources: [HubTold], _ parts: HubParts, _ materials: HubMaterials
  ) throws(HubFailure) {
    let decision = HubDecision(rules: rules, tree: tree, origin: origin)
    for resource in resources {
      guard resource.rule != nil else {
        known[resource.id] = HubKnown(
          id: resource.id, type: resource.type, state: .live, node: resource.statement)
        continue
      }
      let stored = materials.resources[resource.id]
      let lists = (parts.listsOf[resource.id] ?? []).compactMap { materials.lists[$0] }
      switch try decision.outcome(
        of: resource.statement, resource.id, resource.type, stored, lists: lists)
      {
      case .next(let next): known[resource.id] = next
      case .confirmed(let stored):
        try know(stored)
        changes.append(
          .confirm(
            HubConfirmation(
              id: resource.id, type: resource.type, expected: stored.resource.version, origin: origin)))
      case .vain(let reason, let since):
        if let stored { try know(stored) }
        changes.append(
          .ignore(
            HubIgnored(
              id: resource.id, type: resource.type, reason: reason, since: since,
              expected: stored?.resource.version)))
      }
    }
  }

  /// Takes in what else is part of that which the message is about, and takes back what it no longer lists.
  private mutating func takeParts(of parts: HubParts, _ materials: HubMaterials) throws(HubFailure) {
    let decision = HubDecision(rules: rules, tree: tree, origin: origin)
    let telling = HubList.Telling(time: origin.time, message: origin.message)
    for list in parts.lists where materials.lists[list].map({ $0 < telling }) ?? true {
      changes.append(.list(HubList(name: list, expected: materials.lists[list], telling: telling)))
    }
    for whole in parts.wholes.sorted() where materials.resources[whole] != nil {
      let stored = try reading { store throws(StoreError) in try store.materials(under: whole) }
      for part in stored where known[part.resource.id] == nil {
        let list = HubList.Name(whole: whole, type: part.resource.type, contributor: origin.contributor)
        let own = part.statements.first { $0.contributor == origin.contributor }
        let isGone = parts.lists.contains(list) && materials.lists[list].map { $0 <= telling } ?? true
        if isGone, let own, own.telling <= telling {
          known[part.resource.id] = try decision.withdrawal(part)
        } else {
          try know(part)
        }
      }
    }
  }

  /// Takes in what the known resources refer to.
  private mutating func takeReferences() throws(HubFailure) {
    var news = Array(known.values)
    for _ in 0..<3 {
      var missing: Set<HubKey> = []
      for resource in news where resource.state != .withdrawn {
        for name in tree.names(in: resource.node) where known[name] == nil { missing.insert(name) }
      }
      guard !missing.isEmpty else { return }
      let found = try reading { store throws(StoreError) in try store.resources(Array(missing)) }
      news = []
      for resource in found {
        let other = HubKnown(
          id: resource.id, type: resource.type, state: resource.state,
          node: try tree.read(resource.content, named: "hub"))
        known[resource.id] = other
        news.append(other)
      }
    }
  }

  private mutating func know(_ stored: HubMaterial) throws(HubFailure) {
    let resource = stored.resource
    known[resource.id] = HubKnown(
      id: resource.id, type: resource.type, state: resource.state,
      node: try tree.read(resource.content, named: "hub"), material: stored)
  }

  private func reading<Value>(
    _ work: (any HubStore) throws(StoreError) -> Value
  ) throws(HubFailure) -> Value {
    do throws(StoreError) { return try work(store) } catch { throw .store(error) }
  }

  // MARK: what finds them

  /// By what a resource is found that no message changes.
  mutating func index(of material: HubMaterial) throws(HubFailure) -> HubIndex {
    try know(material)
    let id = material.resource.id
    guard let node = known[id]?.node else { return material.index }
    let wholes = try indexer.wholes(of: node, rules.resources[material.resource.type])
    let stored = try reading { store throws(StoreError) in try store.materials(wholes, lists: []) }
    for whole in stored.resources.values { try know(whole) }
    for whole in wholes + [id] where whole != material.resource.patient {
      let parts = try reading { store throws(StoreError) in try store.materials(under: whole) }
      for part in parts { try know(part) }
    }
    try takeReferences()
    guard let resource = known[id] else { return material.index }
    return try description(inOrder()).index(of: resource)
  }

  private var indexer: HubIndexer { HubIndexer(rules: rules, tree: tree, naming: naming) }

  private func inOrder() -> [HubKnown] { known.values.sorted { $0.id < $1.id } }

  private func description(_ ordered: [HubKnown]) throws(HubFailure) -> HubDescription {
    tree.letFormulasSee(ordered.lazy.map(\.node))
    return try HubDescription(known, ordered, indexer)
  }

  private mutating func describe() throws(HubFailure) {
    let ordered = inOrder()
    let description = try description(ordered)
    for resource in ordered {
      if let next = resource.next {
        let index = try description.index(of: resource)
        changes.append(
          .put(
            HubPut(
              id: resource.id, type: resource.type, expected: resource.material?.revision,
              state: resource.state, origin: origin, content: next.content, index: index,
              statements: next.statements)))
      } else if let material = resource.material, description.mayBeFoundOtherwise(resource) {
        let index = try description.index(of: resource)
        guard index != material.index else { continue }
        changes.append(
          .index(HubIndexing(id: resource.id, expected: material.revision, index: index)))
      }
    }
  }

  // MARK: the document

  private func inDocument(_ resources: [HubTold]) -> [NodeID] {
    let first = resources.map(\.id)
    let rest = Set(known.keys).subtracting(first).compactMap { known[$0] }
    let parts = rest.filter { $0.material != nil }.sorted { ($0.type, $0.id) < ($1.type, $1.id) }
    let others = rest.filter { $0.material == nil }.sorted { ($0.type, $0.id) < ($1.type, $1.id) }
    let all = first.compactMap { known[$0] } + parts + others
    return all.filter { $0.state != .withdrawn }.map(\.node)
  }
}
