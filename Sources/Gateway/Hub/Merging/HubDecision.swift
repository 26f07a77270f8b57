import Documents
import Mapping
import Store

/// Decides what a statement makes of a resource.
///
/// Of each contributor the statement about the latest event counts, whenever it came; the resource is what
/// these make together. So the order in which messages come makes no difference.
struct HubDecision {
  let rules: HubRules
  let tree: HubTree
  let origin: HubOrigin

  enum Outcome {
    case next(HubKnown)
    case confirmed(HubMaterial)
    case vain(HubIgnored.Reason, since: Int64)
  }

  private var telling: HubList.Telling { HubList.Telling(time: origin.time, message: origin.message) }

  /// - Parameters:
  ///   - statement: what the contributor tells.
  ///   - lists: when the contributor listed the parts of what the resource is part of.
  func outcome(
    of statement: NodeID, _ id: HubKey, _ type: String, _ stored: HubMaterial?, lists: [HubList.Telling]
  ) throws(HubFailure) -> Outcome {
    let content = tree.bytes(statement)
    let own = stored?.statements.first { $0.contributor == origin.contributor }
    if let own, telling < own.telling { return .vain(.stale, since: own.time) }
    if let list = lists.max(), telling < list { return .vain(.delisted, since: list.time) }
    let isSame = own.map { ($0.content ?? stored?.resource.content) == content } ?? false
    if let own, own.telling == telling, isSame { return .vain(.repeated, since: own.time) }
    var statements = stored?.statements.filter { $0.contributor != origin.contributor } ?? []
    statements.append(
      HubStatement(
        contributor: origin.contributor, time: origin.time, message: origin.message, content: content))
    let next =
      statements.count == 1
      ? try alone(statement, content, statements, id, type, stored)
      : try merged(statements, id, type, stored)
    if isSame, let stored, next.next?.content == stored.resource.content { return .confirmed(stored) }
    return .next(next)
  }

  /// What is left when the contributor no longer tells a resource.
  func withdrawal(_ stored: HubMaterial) throws(HubFailure) -> HubKnown {
    let resource = stored.resource
    let statements = stored.statements.filter { $0.contributor != origin.contributor }
    guard statements.isEmpty else { return try merged(statements, resource.id, resource.type, stored) }
    return HubKnown(
      id: resource.id, type: resource.type, state: .withdrawn,
      node: try tree.read(resource.content, named: "hub"), material: stored,
      next: HubKnown.Next(content: resource.content, statements: []))
  }

  /// What a single contributor tells is the resource, as it stands.
  private func alone(
    _ node: NodeID, _ content: [UInt8], _ statements: [HubStatement], _ id: HubKey, _ type: String,
    _ stored: HubMaterial?
  ) throws(HubFailure) -> HubKnown {
    let told = statements.map { $0.asTheResourceSays }
    return HubKnown(
      id: id, type: type, state: try state(of: node, type), node: node, material: stored,
      next: HubKnown.Next(content: content, statements: told))
  }

  private func state(of node: NodeID, _ type: String) throws(HubFailure) -> HubState {
    try tree.isTrue(rules.resources[type]?.nullified, of: node) ? .nullified : .live
  }

  private func merged(
    _ statements: [HubStatement], _ id: HubKey, _ type: String, _ stored: HubMaterial?
  ) throws(HubFailure) -> HubKnown {
    let ranked = statements.sorted { counts($0, before: $1, type) }
    var nodes: [NodeID] = []
    for statement in ranked {
      nodes.append(try tree.read(statement.content ?? stored?.resource.content ?? [], named: "hub"))
    }
    let node = tree.merge(nodes, HubMergeRule(rules.unions, rules.resources[type]))
    let content = tree.bytes(node)
    let told = ranked.map { statement in
      let own = statement.content ?? stored?.resource.content
      return HubStatement(
        contributor: statement.contributor, time: statement.time, message: statement.message,
        content: own == content ? nil : own)
    }
    return HubKnown(
      id: id, type: type, state: try state(of: node, type), node: node, material: stored,
      next: HubKnown.Next(content: content, statements: told))
  }

  /// Those who know a resource better count before those who only mention it, and what happened later before
  /// the earlier.
  private func counts(_ one: HubStatement, before other: HubStatement, _ type: String) -> Bool {
    let (first, second) = (isMention(one, type), isMention(other, type))
    if first != second { return second }
    if one.telling != other.telling { return other.telling < one.telling }
    return one.contributor < other.contributor
  }

  private func isMention(_ statement: HubStatement, _ type: String) -> Bool {
    let mapping = String(statement.contributor.prefix { $0 != " " })
    return rules.messages[mapping]?.mentions.contains(type) ?? false
  }
}

extension HubStatement {
  var telling: HubList.Telling { HubList.Telling(time: time, message: message) }

  /// The same without content, since the resource has that.
  fileprivate var asTheResourceSays: HubStatement {
    HubStatement(contributor: contributor, time: time, message: message, content: nil)
  }
}
