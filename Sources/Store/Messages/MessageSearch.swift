/// Looks for messages by their properties without reading bodies.
///
/// States are stretches of an index, in the order stored; what else is asked for is looked at row by row, of
/// which one page takes so many and no more.
final class MessageSearch {
  private static let mostRows = 20_000
  /// Messages are not stored exactly in the order of their receipt; nobody's clock is off that far from its own.
  private static let slack: Int64 = 60_000

  private let all, ended, waiting: Directions
  private let below, from: any SQLStatement

  private struct Directions {
    let up, down: any SQLStatement
  }

  init(_ connection: any SQLConnection) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "searching messages")
    }
    func directions(_ table: String, _ condition: String) throws(StoreError) -> Directions {
      let select = "SELECT \(Self.columns) FROM \(table) WHERE \(condition)"
      return Directions(
        up: try prepare("\(select) AND sequence > ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?4"),
        down: try prepare("\(select) AND sequence < ?1 AND sequence >= ?2 ORDER BY sequence DESC LIMIT ?4"))
    }
    let leading = connection.dialect.leadingJoin
    all = try directions(
      "message LEFT JOIN outcome USING (sequence) \(Self.emptied)", "CAST(?3 AS text) IS NULL")
    ended = try directions("outcome \(leading) message USING (sequence) \(Self.emptied)", "state = ?3")
    waiting = try directions(
      "waiting \(leading) message USING (sequence) LEFT JOIN outcome USING (sequence) \(Self.emptied)",
      "CAST(?3 AS text) IS NOT NULL")
    below = try prepare("SELECT sequence FROM message WHERE id < ? ORDER BY id DESC LIMIT 1")
    from = try prepare("SELECT sequence FROM message WHERE id >= ? ORDER BY id LIMIT 1")
  }

  func page(
    _ query: MessageQuery, _ order: MessageOrder, after cursor: Int64?, limit: Int
  ) throws(StoreError) -> MessagePage {
    guard let stretch = try stretch(of: query) else { return MessagePage(messages: [], next: nil) }
    let isUp = order == .oldestFirst
    let rows = query.state == nil ? all : query.state == .received ? waiting : ended
    let row = isUp ? rows.up : rows.down
    defer { row.reset() }
    try row.bind(cursor ?? (isUp ? stretch.lowerBound - 1 : stretch.upperBound + 1), at: 1)
    try row.bind(isUp ? stretch.upperBound : stretch.lowerBound, at: 2)
    try row.bind(query.state?.rawValue, at: 3)
    try row.bind(Int64(query.isDecidedByIndex ? limit : Self.mostRows), at: 4)
    var (found, seen) = ([MessageSummary](), 0)
    while try row.step() {
      seen += 1
      let message = Self.summary(row)
      if query.matches(message) { found.append(message) }
      if found.count == limit || seen == Self.mostRows {
        return MessagePage(messages: found, next: row.integer(0))
      }
    }
    return MessagePage(messages: found, next: nil)
  }

  /// Where the messages of a time are; ids grow with time (UUIDv7). Nil when there are none.
  private func stretch(of query: MessageQuery) throws(StoreError) -> ClosedRange<Int64>? {
    guard let received = query.received else { return 0...(Int64.max - 1) }
    guard let first = try sequence(from, at: received.lowerBound - Self.slack),
      let last = try sequence(below, at: received.upperBound + Self.slack), first <= last
    else { return nil }
    return first...last
  }

  private func sequence(_ statement: any SQLStatement, at time: Int64) throws(StoreError) -> Int64? {
    defer { statement.reset() }
    try statement.bind(Self.idPrefix(of: time), at: 1)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// What the ids of that millisecond begin with (RFC 9562, section 5.7).
  private static func idPrefix(of time: Int64) -> String {
    let time = min(max(time, 0), 0xFFFF_FFFF_FFFF)
    let digits = String(time, radix: 16)
    let padded = String(repeating: "0", count: 12 - digits.count) + digits
    return "\(padded.prefix(8))-\(padded.suffix(4))"
  }

  private static func summary(_ row: any SQLStatement) -> MessageSummary {
    MessageSummary(
      id: row.text(1), mapping: row.text(2), senderKey: row.optionalText(3), received: row.integer(4),
      bytes: Int(row.integer(5)), state: MessageState(rawValue: row.text(6)) ?? .failed,
      mappingVersion: row.optionalText(7))
  }

  private static let emptied = "LEFT JOIN emptied USING (sequence)"
  private static let columns = """
    sequence, id, mapping, coalesce(sender_key, rejected_key), received, coalesce(emptied.bytes, length(body)
      - CASE WHEN key_day IS NULL THEN 0 ELSE \(SealedContent.overhead) END),
    coalesce(state, 'received'), mapping_version
    """
}

extension MessageQuery {
  /// Whether every row of the stretch is wanted.
  fileprivate var isDecidedByIndex: Bool { mapping == nil && mappingVersion == nil && received == nil }

  fileprivate func matches(_ message: MessageSummary) -> Bool {
    (mapping == nil || mapping == message.mapping)
      && (mappingVersion == nil || mappingVersion == message.mappingVersion)
      && (received.map { $0.contains(message.received) } ?? true)
  }
}
