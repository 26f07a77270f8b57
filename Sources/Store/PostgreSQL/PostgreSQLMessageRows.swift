/// How messages are read.
enum PostgreSQLMessageRows {
  static func one(_ id: String) -> PostgreSQLCall {
    PostgreSQLCall("\(select) WHERE id = $1", .text(id))
  }

  /// The sequences of messages in the order of the ids, null for unknown ones, and whether they wait.
  static func sequences(of ids: [String]) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT message.sequence, waiting.sequence IS NOT NULL, key_day, mapping
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
      coalesce(state, 'received'), diagnostics, mapping_version, emptied.time, emptied.bytes, key_day
    FROM message LEFT JOIN outcome ON outcome.sequence = message.sequence
      LEFT JOIN emptied ON emptied.sequence = message.sequence
    """
}

extension PostgreSQLConnection {
  /// The messages that a call of ``PostgreSQLMessageRows`` asks for.
  func messages(
    _ call: PostgreSQLCall, _ cipher: ContentCipher
  ) throws(PostgreSQLFailure) -> [StoredMessage] {
    let rows = try run(call)
    return try rows.map { row throws(StoreError) in try rows.message(row, cipher) }
  }
}

extension PostgreSQLRows {
  fileprivate func message(_ row: Int, _ cipher: ContentCipher) throws(StoreError) -> StoredMessage {
    let stored = NewMessage(
      id: text(row, 0), mapping: text(row, 1), senderKey: optionalText(row, 2), received: integer(row, 3),
      contentType: text(row, 4), body: bytes(row, 5))
    let message = try cipher.message(stored, keyDay: optionalInteger(row, 11))
    return StoredMessage(
      message: message, state: MessageState(rawValue: text(row, 6)) ?? .failed,
      diagnostics: optionalBytes(row, 7), mappingVersion: optionalText(row, 8),
      bodyRemoved: optionalInteger(row, 9),
      bytes: Int(optionalInteger(row, 10) ?? Int64(message.body.count)))
  }
}
