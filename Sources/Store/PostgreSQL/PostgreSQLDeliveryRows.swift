/// How deliveries are read.
enum PostgreSQLDeliveryRows {
  /// Bodies of what is to be sent, oldest due first.
  static func due(_ numbers: [Int64]) -> PostgreSQLCall {
    PostgreSQLCall(dueSQL, .integers(numbers))
  }

  static func nextDue(_ target: String) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT due FROM lane
      WHERE target = $1 AND due IS NOT NULL AND \(PostgreSQLLaneFunctions.isFree)
      ORDER BY due, head LIMIT 1
      """, .text(target))
  }

  static func one(_ number: Int64) -> PostgreSQLCall {
    PostgreSQLCall("\(stored) WHERE delivery.number = $1", .integer(number))
  }

  static func ofMessage(_ id: String) -> PostgreSQLCall {
    PostgreSQLCall("\(stored) WHERE message.id = $1 ORDER BY delivery.number", .text(id))
  }

  static func bodies(_ number: Int64) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT 0::bigint AS edition, delivery_class.content_type, delivery_body.body, created, mapping, key_day, key
      FROM delivery JOIN delivery_class ON delivery_class.number = class
        JOIN delivery_body ON delivery_body.number = delivery.number
        JOIN message ON message.sequence = delivery.message
      WHERE delivery.number = $1
      UNION ALL
      SELECT edition, delivery_edit.content_type, delivery_edit.body, made, mapping, key_day, key
      FROM delivery_edit JOIN delivery ON delivery.number = delivery_edit.number
        JOIN message ON message.sequence = delivery.message
      WHERE delivery_edit.number = $1 ORDER BY 1
      """, .integer(number))
  }

  static let counts = PostgreSQLCall(
    """
    SELECT target,
      min((SELECT min(created) FROM delivery WHERE class = delivery_class.number AND state = 2)),
      (SELECT count(*) FROM lane WHERE lane.target = delivery_class.target AND due IS NULL),
      \(DeliveryState.allCases.map(count).joined(separator: ", "))
    FROM delivery_class GROUP BY target ORDER BY target
    """)

  /// Columns as ``PostgreSQLRows/delivery(_:)`` wants them.
  static let stored = """
    SELECT delivery.number, message.id, key, route, delivery_class.target, delivery.lane, delivery.state,
      attempts, problem, created, changed, lane.head, lane.due,
      (SELECT coalesce(max(edition), 0) FROM delivery_edit WHERE delivery_edit.number = delivery.number),
      message.mapping, message.key_day
    FROM delivery JOIN delivery_class ON delivery_class.number = class
      JOIN message ON message.sequence = delivery.message
      LEFT JOIN delivery_problem ON delivery_problem.number = delivery.number
      LEFT JOIN lane ON lane.target = delivery_class.target AND lane.name = delivery.lane
        AND lane.aside IN (0, delivery.number) AND lane.head = delivery.number
    """

  private static let dueSQL = """
    SELECT delivery.number, message.id, key, route, target, lane, attempts, created, patient,
      coalesce(edit.edition, 0), coalesce(edit.content_type, delivery_class.content_type),
      coalesce(edit.body, delivery_body.body), coalesce(edit.made, created), mapping,
      key_day
    FROM unnest($1::bigint[]) WITH ORDINALITY AS taken (number, place)
      JOIN delivery ON delivery.number = taken.number
      JOIN delivery_class ON delivery_class.number = class
      JOIN message ON message.sequence = delivery.message
      JOIN delivery_body ON delivery_body.number = delivery.number
      LEFT JOIN LATERAL (
        SELECT * FROM delivery_edit WHERE delivery_edit.number = delivery.number ORDER BY edition DESC LIMIT 1
      ) AS edit ON true
    ORDER BY place
    """

  private static func count(_ state: DeliveryState) -> String {
    """
    sum((SELECT count FROM delivery_tally WHERE delivery_tally.class = number AND state = \(state.code)))::bigint
    """
  }
}

extension PostgreSQLConnection {
  /// What is to be sent, in the order of the numbers.
  func due(_ numbers: [Int64], _ cipher: ContentCipher) throws(PostgreSQLFailure) -> [DueDelivery] {
    let rows = try run(PostgreSQLDeliveryRows.due(numbers))
    return try rows.map { row throws(StoreError) in try rows.dueDelivery(row, cipher) }
  }

  /// The original of a delivery's body and its editions.
  func bodies(_ number: Int64, _ cipher: ContentCipher) throws(PostgreSQLFailure) -> [DeliveryBody] {
    let rows = try run(PostgreSQLDeliveryRows.bodies(number))
    return try rows.map { row throws(StoreError) in
      try rows.body(row, from: 0, as: rows.text(row, 6), cipher)
    }
  }

  /// The deliveries that a call asks for.
  func deliveries(_ call: PostgreSQLCall) throws(PostgreSQLFailure) -> [StoredDelivery] {
    let rows = try run(call)
    return rows.indices.map { rows.delivery($0) }
  }
}

extension PostgreSQLRows {
  /// What the rows say, of which one may be unusable.
  func map<Value>(
    _ read: (Int) throws(StoreError) -> Value
  ) throws(PostgreSQLFailure) -> [Value] {
    do throws(StoreError) { return try indices.map(read) } catch { throw .unusable(error) }
  }

  /// A row of ``PostgreSQLDeliveryRows/due(_:)``.
  func dueDelivery(_ row: Int, _ cipher: ContentCipher) throws(StoreError) -> DueDelivery {
    let key = text(row, 2)
    return DueDelivery(
      number: integer(row, 0), message: text(row, 1), key: key, route: text(row, 3), target: text(row, 4),
      lane: text(row, 5), attempts: Int(integer(row, 6)), created: integer(row, 7),
      body: try body(row, from: 9, as: key, cipher), patient: optionalBytes(row, 8))
  }

  fileprivate func body(
    _ row: Int, from first: Int, as key: String, _ cipher: ContentCipher
  ) throws(StoreError) -> DeliveryBody {
    let stored = DeliveryBody(
      edition: Int(integer(row, first)), contentType: text(row, first + 1), bytes: bytes(row, first + 2),
      made: integer(row, first + 3))
    return try cipher.body(
      stored, as: key,
      ContentKeyName(mapping: text(row, first + 4), day: optionalInteger(row, first + 5)))
  }

  func delivery(_ row: Int) -> StoredDelivery {
    let state = DeliveryState(code: integer(row, 6))
    let isHead = optionalInteger(row, 11) != nil
    return StoredDelivery(
      number: integer(row, 0), message: text(row, 1), mapping: text(row, 14), key: text(row, 2),
      route: text(row, 3),
      target: text(row, 4), lane: text(row, 5), state: state, attempts: Int(integer(row, 7)),
      problem: optionalText(row, 8), created: integer(row, 9), changed: integer(row, 10),
      due: optionalInteger(row, 12), holdsLane: state == .dead && isHead, edition: Int(integer(row, 13)),
      contentKey: ContentKeyName(mapping: text(row, 14), day: optionalInteger(row, 15)))
  }

  func deliveryCount(_ row: Int) -> DeliveryCount {
    let each = DeliveryState.allCases.enumerated().map { ($1, Int(integer(row, $0 + 3))) }
    return DeliveryCount(
      target: text(row, 0), counts: Dictionary(uniqueKeysWithValues: each.filter { $1 > 0 }),
      oldestWaiting: optionalInteger(row, 1), heldLanes: Int(integer(row, 2)))
  }
}
