import Documents
import Mapping

// How the statements about a resource become one.
extension Forest {
  /// Adds the resource that several statements make, those that count first before the others.
  ///
  /// Of each element the first statement that has it counts. To elements with a rule all add, each item once.
  mutating func merge(_ statements: [NodeID], _ rule: HubMergeRule) -> NodeID {
    guard statements.count > 1 else { return statements[0] }
    let root = next
    merge(statements, name: NameTable.unnamed, path: [], rule)
    return root
  }

  private mutating func merge(_ objects: [NodeID], name: NameID, path: [String], _ rule: HubMergeRule) {
    let root = open(.object, name: name, offset: 0)
    var done: Set<NameID> = []
    var decided: [Set<String>: NodeID] = [:]
    for object in objects {
      for child in children(object) where done.insert(self[child].name).inserted {
        let member = String(decoding: localName(self[child].name), as: UTF8.self)
        let choice = rule.choice(of: member)
        guard decided[choice, default: object] == object else { continue }
        decided[choice] = object
        add(member, child, of: objects, path: path + [member], rule)
      }
    }
    close(root)
  }

  private mutating func add(
    _ member: String, _ first: NodeID, of objects: [NodeID], path: [String], _ rule: HubMergeRule
  ) {
    let name = self[first].name
    let all = objects.compactMap { child($0, named: name) }
    if let union = rule.union(at: path), self[first].kind == .array {
      unite(all.filter { self[$0].kind == .array }, name: name, alike: union.alike)
    } else if rule.leads(path), self[first].kind == .object {
      merge(all.filter { self[$0].kind == .object }, name: name, path: path, rule)
    } else {
      copy(first, name: name)
    }
  }

  private mutating func unite(_ arrays: [NodeID], name: NameID, alike: [String]) {
    let names = alike.map { intern($0) }
    let root = open(.array, name: name, offset: 0)
    var taken: [NodeID] = []
    for array in arrays {
      for item in children(array) where !taken.contains(where: { isAlike($0, item, names) }) {
        taken.append(item)
        copy(item, name: NameTable.unnamed)
      }
    }
    close(root)
  }

  /// Items that have none of the members are compared as a whole.
  private func isAlike(_ one: NodeID, _ other: NodeID, _ names: [NameID]) -> Bool {
    let pairs = names.map { (child(one, named: $0), child(other, named: $0)) }
    guard pairs.contains(where: { $0.0 != nil || $0.1 != nil }) else { return same(one, other) }
    return pairs.allSatisfy { pair in
      switch pair {
      case (nil, nil): true
      case (let one?, let other?): same(one, other)
      default: false
      }
    }
  }
}

/// What is special about the elements of a resource type when its statements are merged.
struct HubMergeRule {
  private let unions: [UnionRule]
  private let choices: [Set<String>]

  init(_ unions: [UnionRule], _ rule: ResourceRule?) {
    self.unions = unions
    choices = rule?.choices ?? []
  }

  func union(at path: [String]) -> UnionRule? { unions.first { $0.path == path } }

  /// Whether something below the element has a rule.
  func leads(_ path: [String]) -> Bool {
    unions.contains { $0.path.count > path.count && $0.path.starts(with: path) }
  }

  /// The elements that are told together with one: those of its choice, and a primitive's id and extensions.
  func choice(of member: String) -> Set<String> {
    let name = member.hasPrefix("_") ? String(member.dropFirst()) : member
    return choices.first { $0.contains(name) } ?? [name]
  }
}
