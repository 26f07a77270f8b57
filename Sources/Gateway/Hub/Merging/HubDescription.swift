import Mapping
import Store

/// By what the known resources are found: what they say themselves, and what parts lend to their whole and
/// to its other parts.
struct HubDescription {
  private let known: [HubKey: HubKnown]
  private let indexer: HubIndexer
  /// What resources are part of; those that are part of nothing aren't here.
  private var wholes: [HubKey: [HubKey]] = [:]
  /// Those that lend keys, by what they are part of.
  private var lenders: [HubKey: [HubKnown]] = [:]
  /// Whether keys that are lent may have changed.
  private var hasOtherLenders = false

  /// - Parameter ordered: all that is known, in the order of their names.
  init(_ known: [HubKey: HubKnown], _ ordered: [HubKnown], _ indexer: HubIndexer) throws(HubFailure) {
    self.known = known
    self.indexer = indexer
    for resource in ordered where resource.material != nil || resource.next != nil {
      try add(resource, indexer.rules.resources[resource.type])
    }
  }

  private mutating func add(_ resource: HubKnown, _ rule: ResourceRule?) throws(HubFailure) {
    let own = try indexer.wholes(of: resource.node, rule)
    if !own.isEmpty { wholes[resource.id] = own }
    guard lends(rule) else { return }
    if resource.next != nil { hasOtherLenders = true }
    guard resource.state != .withdrawn else { return }
    for whole in own { lenders[whole, default: []].append(resource) }
  }

  private func lends(_ rule: ResourceRule?) -> Bool { rule?.search.contains(where: \.isLent) ?? false }

  /// Whether something changes that a resource's keys may come from.
  func mayBeFoundOtherwise(_ resource: HubKnown) -> Bool {
    hasOtherLenders || indexer.tree.names(in: resource.node).contains { known[$0]?.next != nil }
  }

  func index(of resource: HubKnown) throws(HubFailure) -> HubIndex {
    var index = try indexer.index(
      resource.node, resource.type, patient: try patient(of: resource, depth: 0),
      wholes: wholes[resource.id] ?? [])
    for lender in lenders(to: resource) {
      try indexer.lend(&index.keys, by: lender.node, lender.type, to: resource.type)
    }
    index.keys.sortOnce()
    return index
  }

  /// Those of its own, else those of what it is part of. Who lends borrows nothing.
  private func lenders(to resource: HubKnown) -> [HubKnown] {
    if lenders.isEmpty || lends(indexer.rules.resources[resource.type]) { return [] }
    if let own = lenders[resource.id] { return own }
    return (wholes[resource.id] ?? []).flatMap { lenders[$0] ?? [] }
  }

  /// The patient that a resource refers to, or that what it refers to has.
  private func patient(of resource: HubKnown, depth: Int) throws(HubFailure) -> HubKey? {
    if resource.type == Self.patient { return resource.id }
    guard depth < 4, let rule = indexer.rules.resources[resource.type] else { return nil }
    for reference in try indexer.tree.references(rule.patient, of: resource.node) {
      guard let name = indexer.tree.name(in: reference) else { continue }
      if indexer.tree.isReference(reference, to: Self.patient) { return name }
      if let other = known[name], let patient = try patient(of: other, depth: depth + 1) { return patient }
    }
    return nil
  }

  private static let patient = "Patient"
}
