import Documents
import Mapping
import Store

// A value that is looked for alone is asked for with its system or without (FHIR R4, 3.1.1.5.6). One entry of
// the hub's index serves both: that of the value. The keys of what it leads to then tell whose value it is.

extension SearchKey {
  /// Whether resources have entries for that by which its values are looked for, and keys for the values.
  var hasDoors: Bool { isAlone && kind == .token }
}

extension HubIndexer {
  /// Adds the keys of its values, and the entries by which they are looked for.
  func addWithDoors(
    _ key: SearchKey, _ type: String, of resource: NodeID, to index: inout HubIndex
  ) throws(HubFailure) {
    for value in try tree.values(key.formula, of: resource) {
      switch value {
      case .identifier(let system, let value), .coding(let system, let value):
        add(system: system ?? .empty, value, of: key, type, to: &index)
      case .text(let text): add(text, of: key, type, to: &index)
      case .reference(let reference) where tree.name(in: reference) == nil:
        add(reference, of: key, type, to: &index)
      // A resource's name has no bar.
      case .reference, .period: add(value, of: key, type, to: &index.entries)
      }
    }
  }

  private func add(
    system: TextRange, _ value: TextRange, of key: SearchKey, _ type: String, to index: inout HubIndex
  ) {
    index.keys.append(naming.value(type, key.name, system: system, value, of: tree.forest))
    add(value, of: key, type, to: &index)
    guard let tail = naming.tail(of: system, in: tree.forest) else { return }
    index.entries.append(naming.value(type, key.name, system: tail, value, of: tree.forest))
  }

  private func add(_ text: TextRange, of key: SearchKey, _ type: String, to index: inout HubIndex) {
    // Whoever names a system looks for this as well.
    index.entries.append(naming.value(type, key.name, text, of: tree.forest))
    guard let tail = naming.tail(of: text, in: tree.forest) else { return }
    index.entries.append(naming.value(type, key.name, tail, of: tree.forest))
  }
}
