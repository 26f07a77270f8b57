import Documents
import Mapping
import Store

/// What the resources of a message are part of, and which parts it lists.
struct HubParts {
  /// The resources that have parts, or may have.
  private(set) var wholes: Set<HubKey> = []
  /// The lists that the message tells.
  private(set) var lists: [HubList.Name] = []
  /// The lists that a part belongs to.
  private(set) var listsOf: [HubKey: [HubList.Name]] = [:]

  init(
    _ resources: [HubTold], _ rules: HubRules, _ tree: HubTree, _ origin: HubOrigin
  ) throws(HubFailure) {
    let mapping = String(origin.contributor.prefix { $0 != " " })
    let listed = rules.messages[mapping]?.lists ?? []
    for resource in resources {
      guard let rule = resource.rule else { continue }
      // What has a patient and is part of nothing may be a whole: a visit of which only the status is told.
      if rule.partOf == nil, rule.patient != nil { wholes.insert(resource.id) }
      for whole in try tree.names(rule.partOf, of: resource.statement) {
        wholes.insert(whole)
        guard listed.contains(resource.type) else { continue }
        let name = HubList.Name(whole: whole, type: resource.type, contributor: origin.contributor)
        if !lists.contains(name) { lists.append(name) }
        listsOf[resource.id, default: []].append(name)
      }
    }
  }
}
