import Diagnostics
import Documents
import Formats

/// A list of flat objects in a document, each as its members' texts.
enum JSONList {
  /// The list that is a member of the document; empty where it has none.
  /// - Throws: what makes the document unreadable.
  static func read(
    _ member: String, of document: [UInt8], named file: String
  ) throws(Diagnostic) -> [[String: String]] {
    var forest = Forest(names: NameTableBuilder().build(), reserving: document.count)
    let root = try JSONReader().read(document, named: file, into: &forest)
    guard let list = forest.child(root, named: forest.intern(member)) else { return [] }
    var items: [[String: String]] = []
    for item in forest.children(list) {
      var members: [String: String] = [:]
      for child in forest.children(item) {
        let name = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
        members[name] = forest.string(child)
      }
      items.append(members)
    }
    return items
  }
}
