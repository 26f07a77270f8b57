/// The statements of a connection that only reads and never checkpoints.
final class MessageReader {
  private let cipher: ContentCipher
  private let one, page, count, ofKey: Statement

  init(_ connection: Connection, _ cipher: ContentCipher) throws(StoreError) {
    self.cipher = cipher
    one = try connection.prepare(
      "SELECT \(Self.columns) FROM message \(Self.joins) WHERE id = ?",
      doing: "reading a message")
    page = try connection.prepare(Self.pageSQL, doing: "reading untranslated messages")
    count = try connection.prepare(Self.countSQL, doing: "counting messages")
    ofKey = try connection.prepare(
      "SELECT id FROM message WHERE mapping = ? AND sender_key = ?", doing: "reading a message")
  }

  func message(_ id: String) throws(StoreError) -> StoredMessage? {
    defer { one.reset() }
    try one.bind(id, at: 1)
    return try one.step() ? message(one) : nil
  }

  func message(withKey key: String, mapping: String) throws(StoreError) -> String? {
    defer { ofKey.reset() }
    try ofKey.bind(mapping, at: 1)
    try ofKey.bind(key, at: 2)
    return try ofKey.step() ? ofKey.text(0) : nil
  }

  func untranslated(after id: String?, limit: Int) throws(StoreError) -> [StoredMessage] {
    defer { page.reset() }
    try page.bind(id, at: 1)
    try page.bind(Int64(limit), at: 2)
    var messages: [StoredMessage] = []
    while try page.step() { messages.append(try message(page)) }
    return messages
  }

  func counts() throws(StoreError) -> [MessageState: Int] {
    defer { count.reset() }
    var counts: [MessageState: Int] = [:]
    while try count.step() {
      if let state = MessageState(rawValue: count.text(0)) { counts[state] = Int(count.integer(1)) }
    }
    return counts
  }

  private func message(_ row: Statement) throws(StoreError) -> StoredMessage {
    let stored = NewMessage(
      id: row.text(0), mapping: row.text(1), senderKey: row.optionalText(2), received: row.integer(3),
      contentType: row.text(4), body: row.blob(5))
    let message = try cipher.message(stored, keyDay: row.optionalInteger(11))
    return StoredMessage(
      message: message, state: MessageState(rawValue: row.text(6)) ?? .failed,
      diagnostics: row.optionalBlob(7), mappingVersion: row.optionalText(8),
      bodyRemoved: row.optionalInteger(9), bytes: Int(row.optionalInteger(10) ?? Int64(message.body.count)))
  }

  private static let columns = """
    id, mapping, coalesce(sender_key, rejected_key), received, content_type, body, coalesce(state, 'received'),
    diagnostics, mapping_version, emptied.time, emptied.bytes, key_day
    """
  private static let joins = "LEFT JOIN outcome USING (sequence) LEFT JOIN emptied USING (sequence)"
  private static let countSQL = """
    SELECT state, count(*) FROM outcome GROUP BY state
    UNION ALL SELECT 'received', count(*) FROM waiting HAVING count(*) > 0
    """
  private static let pageSQL = """
    SELECT \(columns) FROM waiting JOIN message USING (sequence) \(joins)
    WHERE sequence > coalesce((SELECT sequence FROM message WHERE id = ?), 0)
    ORDER BY sequence LIMIT ?
    """
}
