import Documents
import FHIRPath
import Mapping
import Store

/// Finds the names of a message's resources from their business keys.
///
/// A resource without one belongs to its message alone.
struct HubIdentification: ~Copyable {
  private let tree: HubTree
  private let naming: HubNaming
  private let message: String
  private let source: String
  /// The contributor, for what is of each source.
  private let contributor: String
  private let nodes: [(node: NodeID, fullURL: TextRange?)]
  private let rules: [ResourceRule?]
  private let types: [String]
  /// The resources' numbers by what references to them say.
  private var numbers = TextNumbers()
  private var keys: [Int: String] = [:]
  private var open: Set<Int> = []
  /// Whether a key is made of a whole and what tells its parts apart, so that two may share it.
  private var isPlace: Set<Int> = []

  init(
    _ resources: [(node: NodeID, fullURL: TextRange?)], _ rules: HubRules, _ tree: HubTree,
    _ naming: HubNaming, message: String, source: String, contributor: String
  ) {
    self.tree = tree
    self.naming = naming
    self.message = message
    self.source = source
    self.contributor = contributor
    nodes = resources
    types = resources.map { tree.type(of: $0.node) }
    self.rules = types.map { rules.resources[$0] }
    for (number, resource) in resources.enumerated() {
      if tree.range(tree.names.id, of: resource.node) != nil {
        numbers.set(tree.reference(to: resource.node), to: number, in: tree.forest)
      }
      if let url = resource.fullURL { numbers.set(url, to: number, in: tree.forest) }
    }
  }

  /// The resources under their names, in the message's order; several may have one name.
  mutating func told() throws(HubFailure) -> [HubTold] {
    var told: [HubTold] = []
    var uses: [HubKey: Int] = [:]
    for number in nodes.indices {
      var key = try key(of: number)
      var id = naming.resource(types[number], key)
      uses[id, default: 0] += 1
      if isPlace.contains(number), let use = uses[id], use > 1 {
        key += " \(use)"
        id = naming.resource(types[number], key)
      }
      told.append(
        HubTold(node: nodes[number].node, type: types[number], rule: rules[number], id: id))
    }
    let references = told.map { tree.append($0.reference) }
    for index in told.indices {
      let id = references[index].suffix(HubKey.size * 2)
      told[index].statement = tree.copy(told[index].node, id: id, numbers, references)
    }
    return told
  }

  // MARK: keys

  private mutating func key(of number: Int) throws(HubFailure) -> String {
    if let key = keys[number] { return key }
    let own = "message \(message) \(number)"
    guard let rule = rules[number], open.insert(number).inserted else { return own }
    defer { open.remove(number) }
    var found: String?
    for way in rule.keys where found == nil { found = try key(of: number, by: way, rule) }
    let key = (found ?? own) + (rule.isOfEachSource ? " \(contributor)" : "")
    keys[number] = key
    return key
  }

  private mutating func key(
    of number: Int, by way: KeyRule, _ rule: ResourceRule
  ) throws(HubFailure) -> String? {
    switch way {
    case .borrowed(let referrer): return try borrowed(number, referrer)
    case .parts(let formulas):
      var parts: [String] = []
      for formula in formulas {
        guard let value = try tree.values(formula, of: nodes[number].node).first,
          let text = try text(of: value)
        else { return nil }
        parts.append(text)
      }
      if parts.count > 1, rule.partOf != nil { isPlace.insert(number) }
      return parts.count == 1 ? parts[0] : parts.map { "\($0.utf8.count):\($0)" }.joined()
    }
  }

  private mutating func borrowed(_ number: Int, _ referrer: TypedFormula) throws(HubFailure) -> String? {
    for other in nodes.indices where types[other] == referrer.type {
      let references = try tree.references(referrer.formula, of: nodes[other].node)
      for reference in references where numbers.number(of: reference, in: tree.forest) == number {
        return try key(of: other)
      }
    }
    return nil
  }

  /// Identifiers without a system are their source's.
  private mutating func text(of value: HubValue) throws(HubFailure) -> String? {
    switch value {
    case .reference(let reference):
      guard let number = numbers.number(of: reference, in: tree.forest) else { return tree.string(reference) }
      return try key(of: number)
    case .identifier(let system, let value): return tokens(system.map(tree.string) ?? source, value)
    case .coding(let system, let code): return tokens(system.map(tree.string) ?? "", code)
    case .period(let start, let end): return (start ?? end).map(tree.string)
    case .text(let text): return tree.string(text)
    }
  }

  private func tokens(_ system: String, _ value: TextRange) -> String {
    system + "|" + tree.string(value)
  }
}
