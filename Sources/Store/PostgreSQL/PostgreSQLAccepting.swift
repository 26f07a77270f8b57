/// How a batch accepts messages: all of them with one statement.
struct PostgreSQLAccepting {
  private let messages: [NewMessage]

  init(_ messages: [NewMessage]) {
    self.messages = messages
  }

  /// Gives the places, from 1, of those that were new. They get their sequences in the order given.
  var call: PostgreSQLCall {
    PostgreSQLCall(
      Self.sql, .texts(messages.map(\.id)), .texts(messages.map(\.mapping)),
      .texts(messages.map(\.senderKey)), .integers(messages.map(\.received)),
      .texts(messages.map(\.contentType)), .blobs(messages.map { $0.sealed?.bytes ?? $0.body }),
      .integers(messages.map { $0.sealed?.day }))
  }

  /// What was there before a message that was not new: its id, whether its body is the same, and the code of a
  /// body that is gone or encrypted.
  static func earlier(than message: NewMessage) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT message.id, body = $3, coalesce(
        emptied.code, CASE WHEN key_day IS NOT NULL THEN substr(body, 1, \(SealedContent.codeSize)) END) FROM message LEFT JOIN emptied USING (sequence)
      WHERE mapping = $1 AND sender_key = $2
      """, .text(message.mapping), .optional(message.senderKey), .bytes(message.body))
  }

  private static let sql = """
    WITH given AS MATERIALIZED (
      SELECT nextval('message_sequence_seq') AS sequence, given.*
      FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bytea[],
        $7::bigint[])
        WITH ORDINALITY AS given (id, mapping, sender_key, received, content_type, body, key_day, place)
    ), added AS (
      INSERT INTO message (sequence, id, mapping, sender_key, received, content_type, body, key_day)
      SELECT sequence, id, mapping, sender_key, received, content_type, body, key_day FROM given ORDER BY place
      ON CONFLICT DO NOTHING RETURNING sequence
    ), queued AS (
      INSERT INTO waiting SELECT sequence FROM added
    )
    SELECT place FROM given JOIN added USING (sequence)
    """
}

extension PostgreSQLRows {
  /// Of a message that was not new, by what ``PostgreSQLAccepting/earlier(than:)`` gave.
  func acceptance(of message: NewMessage, _ bodies: BodyRemover) -> Result<Acceptance, StoreError> {
    guard count > 0, message.senderKey != nil else { return .failure(.identifierTaken) }
    let isSame = optionalBytes(0, 2).map { bodies.isSame(message, as: $0) } ?? flag(0, 1)
    return .success(isSame ? .repeated(text(0, 0)) : .conflict(text(0, 0)))
  }
}
