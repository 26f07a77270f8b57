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

  /// One row after another is looked up, by its key: what the server knows of tables that fill and empty again soon
  /// is no reason to read all of one for each.
  private static let sql = """
    WITH held AS MATERIALIZED (
      SELECT place, given.number, attempts, time, lease, class, claim.target, claim.name,
        follower.number AS next, follower.due, coalesce(follower.due <= due_by, false) AS takes_next
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $5::bigint[], $6::bigint[]) WITH ORDINALITY
          AS given (number, attempts, time, due_by, lease, place)
        CROSS JOIN LATERAL (
          SELECT class, target, lane FROM delivery JOIN delivery_class ON delivery_class.number = class
          WHERE delivery.number = given.number AND state = \(DeliveryState.waiting.code) OFFSET 0
        ) AS reported
        CROSS JOIN LATERAL (
          SELECT target, name, head, taken, holder FROM lane
          WHERE lane.target = reported.target AND lane.name = reported.lane AND aside = 0 OFFSET 0 FOR UPDATE
        ) AS claim
        LEFT JOIN LATERAL (
          SELECT number, due FROM behind WHERE behind.target = claim.target AND behind.lane = claim.name
          ORDER BY number LIMIT 1
        ) AS follower ON true
      WHERE claim.head = given.number AND claim.taken = given.number AND claim.holder = $4
    ), promoted AS (
      UPDATE lane SET head = next, due = held.due,
        taken = CASE WHEN takes_next THEN next END, holder = CASE WHEN takes_next THEN $4::bigint END,
        lease_until = CASE WHEN takes_next THEN clock_timestamp() + milliseconds(lease) END
      FROM held
      WHERE next IS NOT NULL AND lane.target = held.target AND lane.name = held.name AND lane.aside = 0
    ), stepped AS (
      DELETE FROM behind USING held
      WHERE behind.target = held.target AND behind.lane = held.name AND behind.number = next
    ), ended AS (
      DELETE FROM lane USING held
      WHERE next IS NULL AND lane.target = held.target AND lane.name = held.name AND lane.aside = 0
    ), done AS (
      UPDATE delivery SET attempts = held.attempts, changed = held.time, state = \(DeliveryState.delivered.code)
      FROM held WHERE delivery.number = held.number
    )
    SELECT place, class, target, next IS NOT NULL, CASE WHEN takes_next THEN next END FROM held
    """
}
