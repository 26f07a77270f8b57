/// The statements about deliveries of a connection that only reads.
final class DeliveryReader {
  private let cipher: ContentCipher
  private let begin, end, due, free, dueBody, one, ofMessage, bodies, tallies: Statement

  init(_ connection: Connection, _ cipher: ContentCipher) throws(StoreError) {
    self.cipher = cipher
    func prepare(_ sql: String) throws(StoreError) -> Statement {
      try connection.prepare(sql, doing: "reading deliveries")
    }
    begin = try prepare("BEGIN")
    end = try prepare("COMMIT")
    due = try prepare(
      "SELECT head, name, aside, due FROM lane WHERE target = ? AND due <= ? ORDER BY due, head")
    free = try prepare(
      "SELECT head, name, aside, due FROM lane WHERE target = ? AND due IS NOT NULL ORDER BY due, head")
    dueBody = try prepare(Self.dueBodySQL)
    one = try prepare("\(Self.storedSQL) WHERE delivery.number = ?")
    ofMessage = try prepare(
      "\(Self.storedSQL) WHERE delivery.message = (SELECT sequence FROM message WHERE id = ?) ORDER BY delivery.number"
    )
    bodies = try prepare(Self.bodiesSQL)
    tallies = try prepare(Self.countsSQL)
  }

  // MARK: sending

  /// Does several reads at one state of the store, which is what the first of them finds.
  func atOneState<Value>(_ reads: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try begin.run()
    do throws(StoreError) {
      let value = try reads()
      try end.run()
      return value
    } catch {
      try? end.run()
      throw error
    }
  }

  /// Takes heads of lanes that are due and nobody has.
  func take(
    _ target: String, now: Int64, limit: Int, for claims: Claims
  ) throws(StoreError) -> [Int64] {
    defer { due.reset() }
    try due.bind(target, at: 1)
    try due.bind(now, at: 2)
    return try claims.take(limit: limit) { () throws(StoreError) in try head(due, target) }
  }

  func nextDue(_ target: String, for claims: Claims) throws(StoreError) -> Int64? {
    defer { free.reset() }
    try free.bind(target, at: 1)
    let first = try claims.firstFree { () throws(StoreError) in try head(free, target) }
    return first == nil ? nil : free.integer(3)
  }

  func due(_ number: Int64) throws(StoreError) -> DueDelivery {
    defer { dueBody.reset() }
    try dueBody.bind(number, at: 1)
    guard try dueBody.step() else { throw .unknownDelivery }
    let key = dueBody.text(1)
    return DueDelivery(
      number: number, message: dueBody.text(0), key: key, route: dueBody.text(2),
      target: dueBody.text(3), lane: dueBody.text(4), attempts: Int(dueBody.integer(5)),
      created: dueBody.integer(6), body: try body(dueBody, from: 8, as: key),
      patient: dueBody.optionalBlob(7))
  }

  private func head(_ row: Statement, _ target: String) throws(StoreError) -> Claims.Head? {
    guard try row.step() else { return nil }
    let lane = Lane(target: target, name: row.text(1))
    return Claims.Head(number: row.integer(0), queue: Claims.Queue(lane: lane, aside: row.integer(2)))
  }

  // MARK: looking

  func delivery(_ number: Int64) throws(StoreError) -> StoredDelivery? {
    defer { one.reset() }
    try one.bind(number, at: 1)
    return try one.step() ? Self.stored(one) : nil
  }

  func deliveries(ofMessage id: String) throws(StoreError) -> [StoredDelivery] {
    defer { ofMessage.reset() }
    try ofMessage.bind(id, at: 1)
    var found: [StoredDelivery] = []
    while try ofMessage.step() { found.append(Self.stored(ofMessage)) }
    return found
  }

  func bodies(_ number: Int64) throws(StoreError) -> [DeliveryBody] {
    defer { bodies.reset() }
    try bodies.bind(number, at: 1)
    var found: [DeliveryBody] = []
    while try bodies.step() { found.append(try body(bodies, from: 0, as: bodies.text(6))) }
    return found
  }

  func counts() throws(StoreError) -> [DeliveryCount] {
    defer { tallies.reset() }
    var found: [DeliveryCount] = []
    while try tallies.step() {
      let each = DeliveryState.allCases.enumerated().map { ($1, Int(tallies.integer(Int32($0) + 3))) }
      found.append(
        DeliveryCount(
          target: tallies.text(0), counts: Dictionary(uniqueKeysWithValues: each.filter { $1 > 0 }),
          oldestWaiting: tallies.optionalInteger(1), heldLanes: Int(tallies.integer(2))))
    }
    return found
  }

  // MARK: rows

  private func body(
    _ row: Statement, from first: Int32, as key: String
  ) throws(StoreError) -> DeliveryBody {
    let stored = DeliveryBody(
      edition: Int(row.integer(first)), contentType: row.text(first + 1), bytes: row.blob(first + 2),
      made: row.integer(first + 3))
    return try cipher.body(
      stored, as: key,
      ContentKeyName(mapping: row.text(first + 4), day: row.optionalInteger(first + 5)))
  }

  private static func stored(_ row: Statement) -> StoredDelivery {
    let state = DeliveryState(code: row.integer(6))
    let isHead = row.optionalInteger(11) != nil
    return StoredDelivery(
      number: row.integer(0), message: row.text(1), mapping: row.text(14), key: row.text(2),
      route: row.text(3),
      target: row.text(4), lane: row.text(5), state: state, attempts: Int(row.integer(7)),
      problem: row.optionalText(8), created: row.integer(9), changed: row.integer(10),
      due: row.optionalInteger(12), holdsLane: state == .dead && isHead, edition: Int(row.integer(13)),
      contentKey: ContentKeyName(mapping: row.text(14), day: row.optionalInteger(15)))
  }

  private static let dueBodySQL = """
    SELECT message.id, key, route, target, lane, attempts, created, patient, ifnull(edition, 0),
      ifnull(delivery_edit.content_type, delivery_class.content_type),
      ifnull(delivery_edit.body, delivery_body.body), ifnull(made, created), mapping, key_day
    FROM delivery JOIN delivery_class ON delivery_class.number = class
      JOIN message ON message.sequence = delivery.message
      JOIN delivery_body ON delivery_body.number = delivery.number
      LEFT JOIN delivery_edit ON delivery_edit.number = delivery.number
    WHERE delivery.number = ? ORDER BY edition DESC LIMIT 1
    """
  private static let storedSQL = """
    SELECT delivery.number, message.id, key, route, delivery_class.target, delivery.lane, state, attempts,
      problem, created, changed, lane.head, lane.due,
      (SELECT ifnull(max(edition), 0) FROM delivery_edit WHERE number = delivery.number), message.mapping,
      message.key_day
    FROM delivery JOIN delivery_class ON delivery_class.number = class
      JOIN message ON message.sequence = delivery.message
      LEFT JOIN delivery_problem ON delivery_problem.number = delivery.number
      LEFT JOIN lane ON lane.target = delivery_class.target AND lane.name = delivery.lane
        AND lane.aside IN (0, delivery.number) AND lane.head = delivery.number
    """
  private static let bodiesSQL = """
    SELECT 0, delivery_class.content_type, delivery_body.body, created, mapping, key_day, key
    FROM delivery JOIN delivery_class ON delivery_class.number = class
      JOIN delivery_body ON delivery_body.number = delivery.number
      JOIN message ON message.sequence = delivery.message
    WHERE delivery.number = ?1
    UNION ALL
    SELECT edition, delivery_edit.content_type, delivery_edit.body, made, mapping, key_day, key
    FROM delivery_edit JOIN delivery ON delivery.number = delivery_edit.number
      JOIN message ON message.sequence = delivery.message
    WHERE delivery_edit.number = ?1 ORDER BY 1
    """
  private static let countsSQL = """
    SELECT target,
      min((SELECT min(created) FROM delivery WHERE class = delivery_class.number AND state = 2)),
      (SELECT count(*) FROM lane INDEXED BY lane_held WHERE target = delivery_class.target AND due IS NULL),
      \(DeliveryState.allCases.map(count).joined(separator: ", "))
    FROM delivery_class GROUP BY target ORDER BY target
    """

  private static func count(_ state: DeliveryState) -> String {
    "sum((SELECT count FROM delivery_tally WHERE class = number AND state = \(state.code)))"
  }
}
