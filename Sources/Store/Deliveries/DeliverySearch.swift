/// Looks for deliveries by their properties without reading bodies.
///
/// Routes and targets are few: each with each state is a stretch of one index, ordered by time, and a page is
/// what is newest of all stretches. A lane is looked for block by block, newest first; see the schema.
final class DeliverySearch {
  private typealias Place = DeliveryPage.Cursor

  private let classes, stretch, ends, block: Statement

  init(_ connection: Connection) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> Statement {
      try connection.prepare(sql, doing: "searching deliveries")
    }
    classes = try prepare(
      """
      SELECT number FROM delivery_class WHERE target = ifnull(?1, target) AND route = ifnull(?2, route)
      """)
    stretch = try prepare(Self.stretchSQL)
    ends = try prepare("SELECT min(number) >> 12, (SELECT max(number) >> 12 FROM delivery) FROM delivery")
    block = try prepare(Self.blockSQL)
  }

  /// The places of up to `limit` deliveries behind the cursor.
  func places(
    _ query: DeliveryQuery, after cursor: DeliveryPage.Cursor?, limit: Int
  ) throws(StoreError) -> [DeliveryPage.Cursor] {
    let classes = try classes(of: query)
    guard let lane = query.lane else { return try newest(query, classes, cursor, limit) }
    return try last(query, lane, Set(classes), cursor, limit)
  }

  private func classes(of query: DeliveryQuery) throws(StoreError) -> [Int64] {
    defer { classes.reset() }
    try classes.bind(query.target, at: 1)
    try classes.bind(query.route, at: 2)
    var numbers: [Int64] = []
    while try classes.step() { numbers.append(classes.integer(0)) }
    return numbers
  }

  // MARK: by time

  private func newest(
    _ query: DeliveryQuery, _ classes: [Int64], _ cursor: Place?, _ limit: Int
  ) throws(StoreError) -> [Place] {
    var found: [Place] = []
    var floor = query.created?.lowerBound ?? Int64.min
    for deliveryClass in classes {
      for state in query.state.map({ [$0] }) ?? DeliveryState.allCases {
        found += try stretch(
          (deliveryClass, state), from: floor, before: Self.end(query, cursor), limit)
        guard found.count >= limit else { continue }
        found.sort(by: Self.isNewer)
        found.removeSubrange(limit...)
        floor = max(floor, found.last?.created ?? floor)
      }
    }
    return found.sorted(by: Self.isNewer)
  }

  private func stretch(
    _ entry: (deliveryClass: Int64, state: DeliveryState), from floor: Int64, before end: Place, _ limit: Int
  ) throws(StoreError) -> [Place] {
    defer { stretch.reset() }
    try stretch.bind(entry.deliveryClass, at: 1)
    try stretch.bind(entry.state.code, at: 2)
    try stretch.bind(floor, at: 3)
    try stretch.bind(end.created, at: 4)
    try stretch.bind(end.number, at: 5)
    try stretch.bind(Int64(limit), at: 6)
    var found: [Place] = []
    while try stretch.step() { found.append(Place(created: stretch.integer(0), number: stretch.integer(1))) }
    return found
  }

  /// Just behind the newest that may be found.
  private static func end(_ query: DeliveryQuery, _ cursor: Place?) -> Place {
    let last = Place(created: query.created?.upperBound ?? Int64.max, number: Int64.max)
    guard let cursor, isNewer(last, cursor) else { return last }
    return cursor
  }

  private static func isNewer(_ one: Place, _ other: Place) -> Bool {
    (one.created, one.number) > (other.created, other.number)
  }

  // MARK: by lane

  private func last(
    _ query: DeliveryQuery, _ lane: String, _ classes: Set<Int64>, _ cursor: Place?, _ limit: Int
  ) throws(StoreError) -> [Place] {
    guard let ends = try blocks() else { return [] }
    var found: [Place] = []
    var number = min(ends.upperBound, cursor.map { $0.number >> 12 } ?? ends.upperBound)
    while number >= ends.lowerBound, found.count < limit {
      found += try block(number, query, lane, classes, cursor, limit - found.count)
      number -= 1
    }
    return found
  }

  private func blocks() throws(StoreError) -> ClosedRange<Int64>? {
    defer { ends.reset() }
    guard try ends.step(), let first = ends.optionalInteger(0) else { return nil }
    return first...ends.integer(1)
  }

  private func block(
    _ number: Int64, _ query: DeliveryQuery, _ lane: String, _ classes: Set<Int64>, _ cursor: Place?,
    _ limit: Int
  ) throws(StoreError) -> [Place] {
    defer { block.reset() }
    try block.bind(number, at: 1)
    try block.bind(lane, at: 2)
    try block.bind(cursor?.number ?? Int64.max, at: 3)
    var found: [Place] = []
    while found.count < limit, try block.step() {
      let place = Place(created: block.integer(3), number: block.integer(0))
      let state = DeliveryState(code: block.integer(2))
      guard classes.contains(block.integer(1)), query.state ?? state == state,
        query.created?.contains(place.created) ?? true
      else { continue }
      found.append(place)
    }
    return found
  }

  private static let stretchSQL = """
    SELECT created, number FROM delivery
    WHERE class = ?1 AND state = ?2 AND created >= ?3 AND (created, number) < (?4, ?5)
    ORDER BY created DESC, number DESC LIMIT ?6
    """
  private static let blockSQL = """
    SELECT number, class, state, created FROM delivery
    WHERE number >> 12 = ?1 AND lane = ?2 AND number < ?3 ORDER BY number DESC
    """
}
