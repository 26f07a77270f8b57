import Documents
import Formats

// What is remembered of a patient, as JSON: always the same for the same.
extension Residences {
  /// What was written; nothing is known for bytes that are none.
  init(_ bytes: [UInt8]?) {
    var forest = Forest(names: Self.names, reserving: bytes?.count ?? 16)
    guard let bytes, let root = try? JSONReader().read(bytes, named: "residences", into: &forest) else {
      self.init()
      return
    }
    let reader = ResidenceReader(names: Self.names)
    self.init(
      places: reader.items("places", of: root, forest) { item, forest in
        Place(
          since: reader.text("since", of: item, forest), county: reader.text("county", of: item, forest),
          municipality: reader.text("municipality", of: item, forest),
          told: reader.number("told", of: item, forest))
      },
      isProtected: reader.text("isProtected", of: root, forest) == "true",
      told: reader.number("told", of: root, forest),
      visits: reader.items("visits", of: root, forest) { item, forest in forest.string(item) },
      cards: reader.items("cards", of: root, forest) { item, forest in
        Card(
          id: reader.text("id", of: item, forest), from: reader.text("from", of: item, forest),
          until: reader.text("until", of: item, forest), told: reader.number("told", of: item, forest))
      })
  }

  fileprivate static let names: NameTable = {
    var names = NameTableBuilder()
    for name in [
      "places", "since", "county", "municipality", "told", "isProtected", "visits", "cards", "id", "from",
      "until",
    ] { _ = names.name(name) }
    return names.build()
  }()

  /// As JSON.
  var bytes: [UInt8] {
    var object = JSONObjectText()
    if !cards.isEmpty { object.add("cards", json: JSONObjectText.list(cards.map(\.json))) }
    object.add("isProtected", isProtected)
    object.add("places", json: JSONObjectText.list(places.map(\.json)))
    object.add("told", json: String(told))
    object.add("visits", json: JSONObjectText.list(visits.map(JSONObjectText.text)))
    return object.bytes
  }
}

extension Residences.Place {
  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("county", county)
    object.add("municipality", municipality)
    object.add("since", since)
    object.add("told", json: String(told))
    return object.closed
  }
}

extension Residences.Card {
  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("from", from)
    object.add("id", id)
    object.add("told", json: String(told))
    object.add("until", until)
    return object.closed
  }
}

/// Reads members by their names.
private struct ResidenceReader {
  let names: NameTable

  private func child(_ name: String, of node: NodeID, _ forest: borrowing Forest) -> NodeID? {
    names.find(name).flatMap { forest.child(node, named: $0) }
  }

  func text(_ name: String, of node: NodeID, _ forest: borrowing Forest) -> String {
    child(name, of: node, forest).map { forest.string($0) } ?? ""
  }

  func number(_ name: String, of node: NodeID, _ forest: borrowing Forest) -> Int64 {
    Int64(text(name, of: node, forest)) ?? 0
  }

  func items<Item>(
    _ name: String, of node: NodeID, _ forest: borrowing Forest, _ make: (NodeID, borrowing Forest) -> Item
  ) -> [Item] {
    guard let list = child(name, of: node, forest) else { return [] }
    var items: [Item] = []
    for item in forest.children(list) { items.append(make(item, forest)) }
    return items
  }
}
