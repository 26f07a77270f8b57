import Documents

/// The members of an object in FHIR's JSON: each with its companion, which holds a primitive's id and
/// extensions.
struct FHIRMembers {
  struct Member {
    let name: String
    /// -1 when only the companion is there.
    var value: NodeID = -1
    /// `_birthDate` beside `birthDate`, or -1.
    var companion: NodeID = -1
  }

  /// What kind of resource it is, if any.
  let resourceType: String?
  private var members: [Member] = []

  /// - Parameter node: an object; -1 for one without members.
  init(of node: NodeID, _ forest: borrowing Forest) {
    var type: String?
    var places: [String: Int] = [:]
    for child in node >= 0 && forest[node].kind == .object ? forest.children(node) : [] {
      let local = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
      if local == "resourceType", forest[child].kind == .string {
        type = forest.string(child)
        continue
      }
      let isCompanion = local.hasPrefix("_")
      let name = isCompanion ? String(local.dropFirst()) : local
      let place = places[name] ?? members.count
      if place == members.count {
        places[name] = place
        members.append(Member(name: name))
      }
      if isCompanion { members[place].companion = child } else { members[place].value = child }
    }
    resourceType = type
  }

  /// Removes a member that is a text alone.
  mutating func takeText(_ name: String, _ forest: borrowing Forest) -> NodeID? {
    guard let index = members.firstIndex(where: { $0.name == name && $0.value >= 0 && $0.companion < 0 }),
      forest[members[index].value].kind == .string
    else { return nil }
    return members.remove(at: index).value
  }

  /// Those that a type names in its order, then the others in theirs.
  func ordered(by place: (String) -> Int?) -> [Member] {
    let placed = members.enumerated().map { (place($0.element.name) ?? Int.max, $0.offset, $0.element) }
    return placed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }
}
