/// How messages are read.
enum PostgreSQLMessageRows {
  static func one(_ id: String) -> PostgreSQLCall {
    PostgreSQLCall("\(select) WHERE id = $1", .text(id))
  }

  /// The sequences of messages in the order of the ids, null for unknown ones, and whether they wait.
  static func sequences(of ids: [String]) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT message.sequence, waiting.sequence IS NOT NULL
      FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, place)
        LEFT JOIN message ON message.id = wanted.id LEFT JOIN waiting USING (sequence)
      ORDER BY place
      """, .texts(ids))
  }

  static func ofKey(_ key: String, _ mapping: String) -> PostgreSQLCall {
    PostgreSQLCall(
      "SELECT id FROM message WHERE mapping = $1 AND sender_key = $2", .text(mapping), .text(key))
  }

  static func waiting(after id: String?, _ limit: Int) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      \(select) WHERE message.sequence IN (
        SELECT sequence FROM waiting
        WHERE sequence > coalesce((SELECT message.sequence FROM message WHERE id = $1), 0)
        ORDER BY sequence LIMIT $2
      ) ORDER BY message.sequence
      """, .optional(id), .integer(Int64(limit)))
  }

  static let counts = PostgreSQLCall(
    """
    SELECT state, count(*) FROM outcome GROUP BY state
    UNION ALL SELECT 'received', count(*) FROM waiting HAVING count(*) > 0
    """)

  private static let select = """
    SELECT id, mapping, coalesce(sender_key, rejected_key), received, content_type, body,
      coalesce(state, 'received'), diagnostics, mapping_version, emptied.time, emptied.bytes
    FROM message LEFT JOIN outcome ON outcome.sequence = message.sequence
      LEFT JOIN emptied ON emptied.sequence = message.sequence
    """
}

extension PostgreSQLConnection {
  /// The messages that a call of ``PostgreSQLMessageRows`` asks for.
  func messages(_ call: PostgreSQLCall) throws(PostgreSQLFailure) -> [StoredMessage] {
    let rows = try run(call)
    return rows.indices.map { row in
      let message = NewMessage(
        id: rows.text(row, 0), mapping: rows.text(row, 1), senderKey: rows.optionalText(row, 2),
        received: rows.integer(row, 3), contentType: rows.text(row, 4), body: rows.bytes(row, 5))
      return StoredMessage(
        message: message, state: MessageState(rawValue: rows.text(row, 6)) ?? .failed,
        diagnostics: rows.optionalBytes(row, 7), mappingVersion: rows.optionalText(row, 8),
        bodyRemoved: rows.optionalInteger(row, 9),
        bytes: Int(rows.optionalInteger(row, 10) ?? Int64(message.body.count)))
    }
  }
}
