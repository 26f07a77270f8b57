/// Looks for resources under a patient or an entry, whose stretch of the index is in the order of the answer.
///
/// Each row is looked at without its content until it is known to be wanted.
final class HubSearch {
  private typealias Found = (place: HubPage.Cursor, resource: HubResource)

  /// A server gives all rows of a statement, however few are looked at.
  private static let rowsAtOnce = 256

  private let reader: HubReader
  private let types, stretch: any SQLStatement

  init(_ connection: any SQLConnection, _ reader: HubReader) throws(StoreError) {
    self.reader = reader
    types = try connection.statement(
      "SELECT DISTINCT type FROM hub_search WHERE key = ? AND type >= ? ORDER BY type",
      doing: "searching the hub")
    stretch = try connection.statement(Self.stretchSQL, doing: "searching the hub")
  }

  /// A page of up to `limit` resources behind the cursor.
  func page(
    _ query: HubQuery, after cursor: HubPage.Cursor?, limit: Int
  ) throws(StoreError) -> HubPage {
    var found: [Found] = []
    for key in Set(query.under) {
      var ofKey: [Found] = []
      for type in try types(of: query, under: key, from: cursor?.type ?? 0) where ofKey.count < limit {
        try look(under: key, type, query, after: cursor, limit: limit, into: &ofKey)
      }
      found += ofKey
    }
    if query.under.count > 1 { Self.merge(&found, limit: limit) }
    return HubPage(
      resources: found.map(\.resource), next: found.count < limit ? nil : found.last?.place)
  }

  private func types(of query: HubQuery, under key: HubKey, from first: Int64) throws(StoreError) -> [Int64] {
    if let type = query.type { return try reader.lexicon.number(type).map { [$0] } ?? [] }
    defer { types.reset() }
    try types.bind(key.bytes, at: 1)
    try types.bind(first, at: 2)
    var found: [Int64] = []
    while try types.step() { found.append(types.integer(0)) }
    return found
  }

  private func look(
    under key: HubKey, _ type: Int64, _ query: HubQuery, after cursor: HubPage.Cursor?, limit: Int,
    into found: inout [Found]
  ) throws(StoreError) {
    let newest = HubPage.Cursor(
      type: type, start: query.span?.upperBound ?? Int64.max, number: Int64.max)
    var last = cursor.flatMap { $0.type == type ? $0 : nil } ?? newest
    var rows = 0
    repeat {
      defer { stretch.reset() }
      try bind(key, query, behind: last)
      rows = 0
      while found.count < limit, try stretch.step() {
        rows += 1
        last = HubPage.Cursor(type: type, start: stretch.integer(15), number: stretch.integer(0))
        if isWanted(query) { found.append((last, try reader.resource(stretch))) }
      }
    } while found.count < limit && rows == Self.rowsAtOnce
  }

  private func bind(_ key: HubKey, _ query: HubQuery, behind place: HubPage.Cursor) throws(StoreError) {
    try stretch.bind(key.bytes, at: 1)
    try stretch.bind(place.type, at: 2)
    try stretch.bind(place.start, at: 3)
    try stretch.bind(place.number, at: 4)
    try stretch.bind(query.span?.lowerBound ?? Int64.min, at: 5)
    try stretch.bind(Int64(Self.rowsAtOnce), at: 6)
  }

  private func isWanted(_ query: HubQuery) -> Bool {
    guard query.states.contains(HubState(rawValue: stretch.integer(5)) ?? .live) else { return false }
    if !query.groups.isEmpty {
      let keys = [HubKey](packed: stretch.blob(12)) + [HubKey](packed: stretch.blob(11))
      guard query.groups.allSatisfy({ $0.contains(where: keys.contains) }) else { return false }
    }
    guard !query.ranges.isEmpty else { return true }
    let ranges = [HubRange](packed: stretch.blob(13))
    return query.ranges.allSatisfy { wanted in
      ranges.contains { $0.name == wanted.name && $0.times.overlaps(wanted.times) }
    }
  }

  private static func merge(_ found: inout [Found], limit: Int) {
    found.sort { isBefore($0.place, $1.place) }
    var last: Int64?
    found.removeAll { entry in
      defer { last = entry.place.number }
      return last == entry.place.number
    }
    found.removeLast(max(0, found.count - limit))
  }

  /// The order of types is that of their numbers; of a type the newest comes first.
  private static func isBefore(_ one: HubPage.Cursor, _ other: HubPage.Cursor) -> Bool {
    (one.type, other.start, other.number) < (other.type, one.start, one.number)
  }

  private static let stretchSQL = """
    SELECT \(HubReader.columns), hub_search.start
    FROM hub_search CROSS JOIN hub_resource
    WHERE hub_resource.number = hub_search.number AND hub_search.key = ?1 AND hub_search.type = ?2
      AND (hub_search.start, hub_search.number) < (?3, ?4) AND hub_search.finish >= ?5
    ORDER BY hub_search.start DESC, hub_search.number DESC LIMIT ?6
    """
}
