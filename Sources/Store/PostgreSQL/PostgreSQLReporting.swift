/// How a batch stores what was delivered: all of it with one statement, as long as each is the head of its lane and
/// this gateway's own. What is not found so is reported one by one.
enum PostgreSQLReporting {
  /// Gives the place, from 1, the class and the target of each that was delivered, whether another one is its lane's
  /// head now, and the number of that one when it was taken as well.
  static func delivered(_ reports: [DeliveryReport], by gateway: PostgreSQLGateway) -> PostgreSQLCall {
    PostgreSQLCall(
      sql, .integers(reports.map(\.number)), .integers(reports.map { Int64($0.attempts) }),
      .integers(reports.map(\.time)), .integer(gateway.number),
      .integers(reports.map { $0.taking?.dueBy }),
      .integers(reports.map { min($0.taking?.lease ?? 0, gateway.lease) }))
  }

  private static let sql = """
    WITH held AS MATERIALIZED (
      SELECT place, delivery.number, given.attempts, given.time, due_by, lease, class, lane.target, lane.name
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $5::bigint[], $6::bigint[]) WITH ORDINALITY
          AS given (number, attempts, time, due_by, lease, place)
        JOIN delivery ON delivery.number = given.number
        JOIN delivery_class ON delivery_class.number = class
        JOIN lane ON lane.target = delivery_class.target AND lane.name = delivery.lane AND lane.aside = 0
          AND lane.head = delivery.number AND lane.taken = delivery.number AND lane.holder = $4
      WHERE delivery.state = \(DeliveryState.waiting.code)
      FOR UPDATE OF lane
    ), next AS MATERIALIZED (
      SELECT held.target, held.name, held.number AS gone, follower.number, follower.due, held.lease,
        coalesce(follower.due <= held.due_by, false) AS is_taken
      FROM held CROSS JOIN LATERAL (
        SELECT number, due FROM behind WHERE behind.target = held.target AND behind.lane = held.name
        ORDER BY number LIMIT 1
      ) AS follower
    ), promoted AS (
      UPDATE lane SET head = next.number, due = next.due,
        taken = CASE WHEN is_taken THEN next.number END, holder = CASE WHEN is_taken THEN $4::bigint END,
        lease_until = CASE WHEN is_taken THEN clock_timestamp() + milliseconds(lease) END
      FROM next WHERE lane.target = next.target AND lane.name = next.name AND lane.aside = 0
    ), stepped AS (
      DELETE FROM behind USING next
      WHERE behind.target = next.target AND behind.lane = next.name AND behind.number = next.number
    ), ended AS (
      DELETE FROM lane USING held
      WHERE lane.target = held.target AND lane.name = held.name AND lane.aside = 0
        AND held.number NOT IN (SELECT gone FROM next)
    ), done AS (
      UPDATE delivery SET attempts = held.attempts, changed = held.time, state = \(DeliveryState.delivered.code)
      FROM held WHERE delivery.number = held.number
    )
    SELECT place, class, held.target, next.gone IS NOT NULL, CASE WHEN is_taken THEN next.number END
    FROM held LEFT JOIN next ON next.gone = held.number
    """
}
