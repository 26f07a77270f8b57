import Documents
import Store

// What resources refer to.
extension HubTree {
  /// All references in a resource.
  func references(in resource: NodeID) -> [String] {
    (resource..<forest[resource].end).filter { forest.isReference($0, names.reference) }.map {
      forest.string($0)
    }
  }

  /// The names of the hub to which a resource refers.
  func names(in resource: NodeID) -> [HubKey] {
    forest.hubNames(in: resource, by: names.reference)
  }

  /// The name that a reference of the hub holds.
  func name(in reference: TextRange) -> HubKey? {
    forest.text.withElements { HubKey(reference: $0[reference.indices]) }
  }

  /// Whether a reference says that it is to a resource of a type.
  func isReference(_ reference: TextRange, to type: String) -> Bool {
    forest.text.withElements { text in
      let bytes = text[reference.indices]
      return bytes.starts(with: type.utf8) && bytes.dropFirst(type.utf8.count).first == UInt8(ascii: "/")
    }
  }
}

extension HubKey {
  private static let slash = UInt8(ascii: "/")

  /// The name that a reference of the hub holds, UTF-8: what stands behind its last slash but for one at its end.
  init?(reference: some BidirectionalCollection<UInt8>) {
    guard let last = reference.lastIndex(where: { $0 != Self.slash }) else { return nil }
    let path = reference[...last]
    let begin = path.lastIndex(of: Self.slash).map(path.index(after:)) ?? path.startIndex
    self.init(hexadecimal: path[begin...])
  }
}

extension Forest {
  /// Whether a node is what a member of FHIR's name for references holds.
  func isReference(_ node: NodeID, _ reference: NameID) -> Bool {
    self[node].name == reference && self[node].kind == .string
  }

  /// See ``HubTree/names(in:)``.
  fileprivate func hubNames(in resource: NodeID, by reference: NameID) -> [HubKey] {
    var found: [HubKey] = []
    for node in resource..<self[resource].end where isReference(node, reference) {
      let range = self[node].text.indices
      if let name = text.withElements({ HubKey(reference: $0[range]) }) { found.append(name) }
    }
    return found
  }
}
