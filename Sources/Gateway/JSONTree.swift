import Documents
import Formats

/// A small JSON document made by the program itself.
indirect enum JSONTree {
  case object([(name: String, value: JSONTree)])
  case array([JSONTree])
  case text(String)
  case boolean(Bool)
  case number(Int)
  case null

  static func text(_ text: String?) -> JSONTree { text.map(JSONTree.text) ?? .null }

  static func texts(_ texts: [String]) -> JSONTree { .array(texts.map(JSONTree.text)) }

  /// In UTF-8 for people, ending in a line feed.
  var bytes: [UInt8] {
    var forest = Forest(names: NameTableBuilder().build())
    add(to: &forest, name: NameTable.unnamed)
    return JSONWriter(names: forest.names, pretty: true).bytes(0, of: forest) + [UInt8(ascii: "\n")]
  }

  private func add(to forest: inout Forest, name: NameID) {
    switch self {
    case .object(let members):
      let node = forest.open(.object, name: name, offset: 0)
      for member in members {
        let name = forest.intern(member.name)
        member.value.add(to: &forest, name: name)
      }
      forest.close(node)
    case .array(let items):
      let node = forest.open(.array, name: name, offset: 0)
      for item in items { item.add(to: &forest, name: NameTable.unnamed) }
      forest.close(node)
    case .text(let text): forest.leaf(.string, name: name, text: forest.append(text), offset: 0)
    case .number(let value): forest.leaf(.number, name: name, text: forest.append(String(value)), offset: 0)
    case .null: forest.leaf(.null, name: name, text: .empty, offset: 0)
    case .boolean(let value): forest.leaf(.boolean, name: name, text: forest.append("\(value)"), offset: 0)
    }
  }
}
