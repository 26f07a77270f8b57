import Documents
import Mapping
import Store

/// Works out by what resources are found.
struct HubIndexer {
  let rules: HubRules
  let tree: HubTree
  let names: HubPseudonyms

  /// What a resource's own elements say.
  func index(_ resource: NodeID, _ type: String, patient: HubKey?) throws(HubFailure) -> HubIndex {
    var index = HubIndex()
    index.patient = patient
    guard let rule = rules.resources[type] else { return index }
    index.entries = try wholes(of: resource, rule)
    for key in rule.search {
      if key.kind == .date {
        index.ranges += try ranges(key, type, of: resource)
        if key.isAlone { index.entries.append(names.all(type)) }
      } else {
        let values = try Self.texts(key, tree.values(key.formula, of: resource)).map {
          names.value(type, key.name, $0)
        }
        if key.isAlone { index.entries += values } else { index.keys += values }
      }
    }
    index.entries = Array(Set(index.entries)).sorted()
    index.keys = Array(Set(index.keys)).sorted()
    return index
  }

  /// The keys that a resource lends to what it is part of, and to its other parts, as their type's.
  func lent(by resource: NodeID, _ type: String, to borrower: String) throws(HubFailure) -> [HubKey] {
    var keys: [HubKey] = []
    for key in rules.resources[type]?.search ?? [] where key.isLent && key.kind != .date {
      keys += try Self.texts(key, tree.values(key.formula, of: resource)).map {
        names.value(borrower, key.name, $0)
      }
    }
    return keys
  }

  /// The resources that a resource is part of.
  func wholes(of resource: NodeID, _ rule: ResourceRule?) throws(HubFailure) -> [HubKey] {
    try tree.references(rule?.partOf, of: resource).compactMap { Self.name(in: $0) }
  }

  /// The name that a reference of the hub holds.
  static func name(in reference: String) -> HubKey? {
    reference.split(separator: "/").last.flatMap { HubKey(hexadecimal: $0) }
  }

  private func ranges(_ key: SearchKey, _ type: String, of resource: NodeID) throws(HubFailure) -> [HubRange]
  {
    let name = names.times(type, key.name)
    return try tree.values(key.formula, of: resource).compactMap { value in
      times(value).map { HubRange(name: name, times: $0) }
    }
  }

  private func times(_ value: HubValue) -> ClosedRange<Int64>? {
    switch value {
    case .text(let text): return rules.calendar.times(text)
    case .period(let start, let end, _):
      let first = start.flatMap { rules.calendar.times($0)?.lowerBound } ?? Int64.min
      let last = end.flatMap { rules.calendar.times($0)?.upperBound } ?? Int64.max
      return first <= last ? first...last : nil
    case .reference, .identifier, .coding: return nil
    }
  }

  /// What a value can be asked for by: with its system and without (FHIR R4, 3.1.1.5.6).
  private static func texts(_ key: SearchKey, _ values: [HubValue]) -> [String] {
    values.flatMap { value -> [String] in
      switch value {
      case .reference(let reference): name(in: reference).map { [$0.hexadecimal] } ?? [reference]
      case .identifier(let system, let value): ["\(system ?? "")|\(value)", value]
      case .coding(let system, let code): ["\(system ?? "")|\(code)", code]
      case .text(let text): [text]
      case .period: []
      }
    }
  }
}
