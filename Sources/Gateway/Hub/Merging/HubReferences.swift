import Documents
import Store

// What resources refer to.
extension HubTree {
  func isReference(_ node: NodeID) -> Bool {
    forest[node].name == names.reference && forest[node].kind == .string
  }

  /// All references in a resource.
  func references(in resource: NodeID) -> [String] {
    (resource..<forest[resource].end).filter(isReference).map { forest.string($0) }
  }

  /// The names of the hub to which a resource refers.
  func names(in resource: NodeID) -> [HubKey] {
    var found: [HubKey] = []
    for node in resource..<forest[resource].end where isReference(node) {
      if let name = name(in: forest[node].text) { found.append(name) }
    }
    return found
  }

  /// The name that a reference of the hub holds, behind its last slash.
  func name(in reference: TextRange) -> HubKey? {
    forest.text.withElements { text in
      let bytes = text[reference.indices]
      return HubKey(
        hexadecimal: bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? bytes.startIndex)...])
    }
  }

  /// Whether a reference says that it is to a resource of a type.
  func isReference(_ reference: TextRange, to type: String) -> Bool {
    forest.text.withElements { text in
      let bytes = text[reference.indices]
      return bytes.starts(with: type.utf8) && bytes.dropFirst(type.utf8.count).first == UInt8(ascii: "/")
    }
  }
}
