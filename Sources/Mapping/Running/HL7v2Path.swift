import Documents

/// Where something stands in an HL7 v2 message, as the standard writes it: `PID-3(2).1`, in a group
/// `INSURANCE(2).IN1-3`. Numbers of repetitions are left out where there is one.
struct HL7v2Path {
  private(set) var text = ""

  /// The path of a node below a message's root.
  init(of node: NodeID, below root: NodeID, in forest: borrowing Forest) {
    var current = root
    while current != node {
      let children = forest.children(current)
      guard let child = children.last(where: { $0 <= node && node < forest[$0].end }) else { return }
      let alike = children.filter { forest[$0].name == forest[child].name }
      let name = forest[child].name
      text = Self.join(
        text, forest.isForeign(name) ? "…" : String(decoding: forest.localName(name), as: UTF8.self))
      if alike.count > 1, let index = alike.firstIndex(of: child) { text += "(\(index + 1))" }
      current = child
    }
  }

  /// A field behind its segment, a part behind its whole.
  static func join(_ parent: String, _ name: String) -> String {
    if parent.isEmpty { return name }
    let isField = name.utf8.allSatisfy(ScalarSyntax.isDigit) && !parent.utf8.contains(UInt8(ascii: "-"))
    return parent + (isField ? "-" : ".") + name
  }
}
