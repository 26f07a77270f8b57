/// Looks for deliveries by their properties without reading bodies.
///
/// Routes and targets are few: each with each state is a stretch of one index, ordered by time, and a page is
/// what is newest of all stretches. A lane is a stretch of another.
enum PostgreSQLDeliverySearch {
  /// One statement gives the whole page.
  static func page(
    _ query: DeliveryQuery, after cursor: DeliveryPage.Cursor?, _ limit: Int
  ) -> PostgreSQLCall {
    let states = query.state.map { [$0] } ?? DeliveryState.allCases
    let common: [PostgreSQLValue] = [
      .optional(query.target), .optional(query.route), .integers(states.map(\.code)),
      .integer(query.created?.lowerBound ?? Int64.min), .integer(query.created?.upperBound ?? Int64.max),
      .integer(cursor?.number ?? Int64.max), .integer(Int64(limit)),
    ]
    guard let lane = query.lane else {
      return PostgreSQLCall(byTime, values: common + [.integer(cursor?.created ?? Int64.max)])
    }
    return PostgreSQLCall(byLane, values: common + [.text(lane)])
  }

  private static let classes = """
    SELECT number FROM delivery_class
    WHERE target = coalesce($1::text, target) AND route = coalesce($2::text, route)
    """

  private static let byTime = """
    \(PostgreSQLDeliveryRows.stored) WHERE delivery.number IN (
      SELECT place.number FROM (\(classes)) AS each CROSS JOIN unnest($3::bigint[]) AS wanted (state)
      CROSS JOIN LATERAL (
        SELECT created, number FROM delivery
        WHERE class = each.number AND delivery.state = wanted.state
          AND created BETWEEN $4 AND $5 AND (created, number) < ($8, $6)
        ORDER BY created DESC, number DESC LIMIT $7
      ) AS place
      ORDER BY place.created DESC, place.number DESC LIMIT $7
    ) ORDER BY created DESC, delivery.number DESC
    """

  private static let byLane = """
    \(PostgreSQLDeliveryRows.stored) WHERE delivery.number IN (
      SELECT number FROM delivery
      WHERE lane = $8 AND number < $6 AND class IN (\(classes)) AND state = ANY ($3::bigint[])
        AND created BETWEEN $4 AND $5
      ORDER BY number DESC LIMIT $7
    ) ORDER BY delivery.number DESC
    """
}
