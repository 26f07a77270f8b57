/// What registers know about a visit's day: `register` of the document `billing/visit`, always its last member.
struct RegisterFacts {
  let place: Residences.Place?
  let isProtected: Bool
  /// Whether a free card held when the visit began.
  let hasFreeCard: Bool

  private var object: String {
    var object = JSONObjectText()
    object.add("county", place?.county ?? "")
    object.add("municipality", place?.municipality ?? "")
    object.add("since", place?.since ?? "")
    object.add("isProtected", isProtected)
    if hasFreeCard { object.add("hasFreeCard", true) }
    return object.closed
  }

  /// The document with this in the place of what it had.
  func added(to facts: [UInt8]) -> [UInt8] {
    let plain = Self.removed(from: facts)
    guard plain.last == UInt8(ascii: "}") else { return facts }
    return plain.dropLast() + Array(Self.name.utf8) + Array(object.utf8) + [UInt8(ascii: "}")]
  }

  /// The document as the mapping wrote it. The name with its quotes stands in no text of JSON, where they are
  /// escaped.
  static func removed(from facts: [UInt8]) -> [UInt8] {
    let name = Array(Self.name.utf8)
    guard facts.count > name.count else { return facts }
    for start in stride(from: facts.count - name.count, through: 0, by: -1)
    where facts[start] == name[0] && facts[start..<(start + name.count)].elementsEqual(name) {
      return facts[..<start] + [UInt8(ascii: "}")]
    }
    return facts
  }

  private static let name = #","register":"#
}
