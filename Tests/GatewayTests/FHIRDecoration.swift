import Documents

/// Puts into a generated resource what shapes leave open: narratives, resources in resources, and the ids and
/// extensions of primitives.
struct FHIRDecoration {
  /// A number that makes the same choices every time.
  private var state: UInt64
  /// Where any resource may stand: an object's name, and a member's.
  private static func isResource(_ member: String, in owner: String) -> Bool {
    switch member {
    case "contained": true
    case "resource": owner == "entry" || owner == "parameter"
    case "outcome": owner == "response"
    default: false
    }
  }

  /// These have no companion: they are attributes in XML, or hold something else.
  private static let bare: Set<String> = ["resourceType", "id", "url", "div"]

  init(seed: UInt64) { state = seed }

  private mutating func chance(_ one: UInt64) -> Bool {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % one == 0
  }

  /// Adds a decorated copy and returns its root.
  /// - Parameter owner: the member that it is in.
  mutating func copy(
    _ node: NodeID, named name: NameID, of owner: String = "", in forest: inout Forest
  ) -> NodeID {
    let start = forest.next
    let object = forest.open(.object, name: name, offset: 0)
    for child in forest.children(node) { add(child, of: owner, to: &forest) }
    forest.close(object)
    return start
  }

  private mutating func add(_ child: NodeID, of owner: String, to forest: inout Forest) {
    let name = forest[child].name
    let local = String(decoding: forest.localName(name), as: UTF8.self)
    let elements = forest[child].kind == .array ? forest.children(child) : [child]
    if Self.isResource(local, in: owner) {
      return all(elements, of: child, name, &forest) { Self.addResource($1, &$2) }
    }
    if elements.contains(where: { forest[$0].kind == .object }) {
      var copy = self
      all(elements, of: child, name, &forest) { _ = copy.copy($0, named: $1, of: local, in: &$2) }
      return self = copy
    }
    guard !elements.isEmpty else { return }
    all(elements, of: child, name, &forest) { Self.addValue($0, local, $1, &$2) }
    guard !Self.bare.contains(local), chance(4) else { return }
    all(elements, of: child, forest.intern("_" + local), &forest) {
      Self.addElements($0 == elements[0], $1, &$2)
    }
  }

  private func all(
    _ elements: [NodeID], of node: NodeID, _ name: NameID, _ forest: inout Forest,
    _ add: (NodeID, NameID, inout Forest) -> Void
  ) {
    guard forest[node].kind == .array else { return add(node, name, &forest) }
    let array = forest.open(.array, name: name, offset: 0)
    for element in elements { add(element, NameTable.unnamed, &forest) }
    forest.close(array)
  }

  private static func addValue(_ node: NodeID, _ local: String, _ name: NameID, _ forest: inout Forest) {
    guard local == "div" else { return forest.copy(node, name: name) }
    let text = forest.string(node).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    let markup = forest.append("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>\(text)</p> <b>x</b></div>")
    forest.leaf(.string, name: name, text: markup, offset: 0)
  }

  private static func addResource(_ name: NameID, _ forest: inout Forest) {
    let object = forest.open(.object, name: name, offset: 0)
    for (member, value) in [
      ("resourceType", "Organization"), ("id", "o1"), ("name", "Vårdcentralen <A> & B"),
    ] {
      add(value, member, &forest)
    }
    forest.close(object)
  }

  private static func addElements(_ isFilled: Bool, _ name: NameID, _ forest: inout Forest) {
    guard isFilled else { return forest.leaf(.null, name: name, text: .empty, offset: 0) }
    let object = forest.open(.object, name: name, offset: 0)
    add("e1", "id", &forest)
    let extensions = forest.open(.array, name: forest.intern("extension"), offset: 0)
    let element = forest.open(.object, name: NameTable.unnamed, offset: 0)
    add("urn:example:why", "url", &forest)
    add("därför", "valueString", &forest)
    forest.close(element)
    forest.close(extensions)
    forest.close(object)
  }

  private static func add(_ value: String, _ member: String, _ forest: inout Forest) {
    let text = forest.append(value)
    forest.leaf(.string, name: forest.intern(member), text: text, offset: 0)
  }
}
