import Documents
import Mapping
import Store

/// Works out by what resources are found.
struct HubIndexer {
  let rules: HubRules
  let tree: HubTree
  let naming: HubNaming

  /// What a resource's own elements say.
  /// - Parameter wholes: what it is part of.
  func index(
    _ resource: NodeID, _ type: String, patient: HubKey?, wholes: [HubKey]
  ) throws(HubFailure) -> HubIndex {
    var index = HubIndex()
    index.patient = patient
    index.entries = wholes
    for key in rules.resources[type]?.search ?? [] {
      if key.kind == .date {
        try add(key, type, of: resource, to: &index.ranges)
        if key.isAlone { index.entries.append(naming.all(type)) }
      } else if key.hasDoors {
        try addWithDoors(key, type, of: resource, to: &index)
      } else if key.isAlone {
        try add(key, type, of: resource, to: &index.entries)
      } else {
        try add(key, type, of: resource, to: &index.keys)
      }
    }
    index.entries.sortOnce()
    return index
  }

  /// Adds the keys that a resource lends to what it is part of, and to its other parts, as their type's.
  func lend(
    _ keys: inout [HubKey], by resource: NodeID, _ type: String, to borrower: String
  ) throws(HubFailure) {
    for key in rules.resources[type]?.search ?? [] where key.isLent && key.kind != .date {
      try add(key, borrower, of: resource, to: &keys)
    }
  }

  /// The resources that a resource is part of.
  func wholes(of resource: NodeID, _ rule: ResourceRule?) throws(HubFailure) -> [HubKey] {
    try tree.names(rule?.partOf, of: resource)
  }

  private func add(
    _ key: SearchKey, _ type: String, of resource: NodeID, to ranges: inout [HubRange]
  ) throws(HubFailure) {
    let values = try tree.values(key.formula, of: resource)
    guard !values.isEmpty else { return }
    let name = naming.times(type, key.name)
    for value in values {
      if let times = times(value) { ranges.append(HubRange(name: name, times: times)) }
    }
  }

  private func times(_ value: HubValue) -> ClosedRange<Int64>? {
    switch value {
    case .text(let text): return times(text)
    case .period(let start, let end):
      let first = start.flatMap { times($0)?.lowerBound } ?? Int64.min
      let last = end.flatMap { times($0)?.upperBound } ?? Int64.max
      return first <= last ? first...last : nil
    case .reference, .identifier, .coding: return nil
    }
  }

  private func times(_ text: TextRange) -> ClosedRange<Int64>? { rules.calendar.times(tree.string(text)) }

  /// What a value can be asked for by: with its system and without (FHIR R4, 3.1.1.5.6).
  private func add(
    _ key: SearchKey, _ type: String, of resource: NodeID, to names: inout [HubKey]
  ) throws(HubFailure) {
    for value in try tree.values(key.formula, of: resource) { add(value, of: key, type, to: &names) }
  }

  func add(_ value: HubValue, of key: SearchKey, _ type: String, to names: inout [HubKey]) {
    switch value {
    case .reference(let reference):
      if let name = tree.name(in: reference) {
        names.append(naming.value(type, key.name, name.hexadecimal))
      } else {
        names.append(naming.value(type, key.name, reference, of: tree.forest))
      }
    case .identifier(let system, let value), .coding(let system, let value):
      names.append(
        naming.value(type, key.name, system: system ?? .empty, value, of: tree.forest))
      names.append(naming.value(type, key.name, value, of: tree.forest))
    case .text(let text): names.append(naming.value(type, key.name, text, of: tree.forest))
    case .period: break
    }
  }
}

extension [HubKey] {
  /// Puts the keys in order, each once.
  mutating func sortOnce() {
    guard count > 1 else { return }
    sort()
    var kept = 1
    for index in 1..<count where self[index] != self[kept - 1] {
      self[kept] = self[index]
      kept += 1
    }
    removeLast(count - kept)
  }
}
