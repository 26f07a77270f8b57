import Mapping
import Store

/// By what the known resources are found: what they say themselves, and what parts lend to their whole and
/// to its other parts.
struct HubDescription {
  private let known: [HubKey: HubKnown]
  private let indexer: HubIndexer
  /// Those that lend keys, by what they are part of.
  private var lenders: [HubKey: [HubKnown]] = [:]
  /// Whether keys that are lent may have changed.
  private var hasOtherLenders = false

  init(_ known: [HubKey: HubKnown], _ indexer: HubIndexer) throws(HubFailure) {
    self.known = known
    self.indexer = indexer
    for resource in known.values.sorted(by: { $0.id < $1.id })
    where resource.material != nil || resource.next != nil {
      guard let rule = indexer.rules.resources[resource.type], rule.search.contains(where: \.isLent) else {
        continue
      }
      if resource.next != nil { hasOtherLenders = true }
      guard resource.state != .withdrawn else { continue }
      for whole in try indexer.wholes(of: resource.node, rule) {
        lenders[whole, default: []].append(resource)
      }
    }
  }

  /// Whether something changes that a resource's keys may come from.
  func mayBeFoundOtherwise(_ resource: HubKnown) -> Bool {
    hasOtherLenders
      || indexer.tree.references(in: resource.node).contains { reference in
        HubIndexer.name(in: reference).flatMap { known[$0] }?.next != nil
      }
  }

  func index(of resource: HubKnown) throws(HubFailure) -> HubIndex {
    var index = try indexer.index(
      resource.node, resource.type, patient: try patient(of: resource, depth: 0))
    var keys = Set(index.keys)
    for lender in try lenders(to: resource) {
      keys.formUnion(try indexer.lent(by: lender.node, lender.type, to: resource.type))
    }
    index.keys = keys.sorted()
    return index
  }

  /// Those of its own, else those of what it is part of. Who lends borrows nothing.
  private func lenders(to resource: HubKnown) throws(HubFailure) -> [HubKnown] {
    let rule = indexer.rules.resources[resource.type]
    if rule?.search.contains(where: \.isLent) ?? false { return [] }
    if let own = lenders[resource.id] { return own }
    return try indexer.wholes(of: resource.node, rule).flatMap { lenders[$0] ?? [] }
  }

  /// The patient that a resource refers to, or that what it refers to has.
  private func patient(of resource: HubKnown, depth: Int) throws(HubFailure) -> HubKey? {
    if resource.type == "Patient" { return resource.id }
    guard depth < 4, let rule = indexer.rules.resources[resource.type] else { return nil }
    for reference in try indexer.tree.references(rule.patient, of: resource.node) {
      guard let name = HubIndexer.name(in: reference) else { continue }
      if reference.hasPrefix("Patient/") { return name }
      if let other = known[name], let patient = try patient(of: other, depth: depth + 1) { return patient }
    }
    return nil
  }
}
