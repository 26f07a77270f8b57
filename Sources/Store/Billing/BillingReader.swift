/// The statements about billing of a connection that only reads.
final class BillingReader {
  private let position, one, ofVisit, positions, groups, page, waiting, batches, batch, lines, events,
    months: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "reading billing")
    }
    position = try prepare(
      "SELECT \(Self.columns), version, revision, latest.facts FROM \(Self.current) WHERE billing_visit.visit = ?"
    )
    positions = try prepare(
      """
      SELECT \(Self.columns), version, revision, latest.facts FROM \(Self.current)
      WHERE billing_visit.visit > ? ORDER BY billing_visit.visit LIMIT ?
      """)
    one = try prepare("SELECT \(Self.columns) FROM \(Self.records) WHERE r.number = ?")
    ofVisit = try prepare("SELECT \(Self.columns) FROM \(Self.records) WHERE r.visit = ? ORDER BY r.number")
    groups = try prepare(
      """
      SELECT debtor, origin, month, count(*), CAST(sum(amount) AS bigint) FROM billing_open
      GROUP BY debtor, origin, month ORDER BY debtor, origin, month
      """)
    page = try prepare(
      """
      SELECT \(Self.columns) FROM billing_open JOIN billing_record r ON r.number = billing_open.record
        LEFT JOIN billing_line ON billing_line.record = r.number
      WHERE billing_open.debtor = ?1 AND origin = ?2 AND billing_open.month <= ?3
        AND (billing_open.month, billing_open.record) > (?4, ?5)
      ORDER BY billing_open.month, billing_open.record LIMIT ?6
      """)
    waiting = try prepare(
      """
      SELECT \(Self.columns) FROM billing_waiting JOIN billing_record r ON r.number = billing_waiting.record
        LEFT JOIN billing_line ON billing_line.record = r.number
      WHERE billing_waiting.record > ? ORDER BY billing_waiting.record LIMIT ?
      """)
    batches = try prepare("\(Self.batchSQL) ORDER BY b.number")
    batch = try prepare("\(Self.batchSQL) WHERE b.number = ?")
    lines = try prepare(
      """
      SELECT \(Self.columns) FROM billing_line JOIN billing_record r ON r.number = billing_line.record
      WHERE batch = ? AND line > ? ORDER BY line LIMIT ?
      """)
    events = try prepare(
      "SELECT batch, state, detail, amount, made, key FROM billing_event WHERE batch = ? ORDER BY number")
    months = try prepare(
      """
      SELECT r.debtor, r.month, sum(CASE kind WHEN 1 THEN 1 ELSE -1 END),
        CAST(sum(CASE kind WHEN 1 THEN amount ELSE -amount END) AS bigint)
      FROM billing_line JOIN billing_record r ON r.number = record GROUP BY 1, 2 ORDER BY 1, 2
      """)
  }

  // MARK: records

  func position(_ visit: String) throws(StoreError) -> BillingPosition? {
    defer { position.reset() }
    try position.bind(visit, at: 1)
    return try position.step() ? Self.position(position) : nil
  }

  func positions(after visit: String, limit: Int) throws(StoreError) -> [BillingPosition] {
    try positions.bind(visit, at: 1)
    try positions.bind(Int64(limit), at: 2)
    return try rows(positions, Self.position)
  }

  func record(_ number: Int64) throws(StoreError) -> StoredBillingRecord? {
    try one.bind(number, at: 1)
    return try rows(one, Self.record).first
  }

  func records(ofVisit visit: String) throws(StoreError) -> [StoredBillingRecord] {
    try ofVisit.bind(visit, at: 1)
    return try rows(ofVisit, Self.record)
  }

  func open() throws(StoreError) -> [OpenBilling] {
    try rows(groups) {
      OpenBilling(
        debtor: $0.text(0), credits: $0.integer(1) == 0 ? nil : $0.integer(1), month: $0.text(2),
        count: $0.integer(3), amount: $0.integer(4))
    }
  }

  func open(
    _ debtor: String, _ credits: Int64?, upTo month: String, after record: StoredBillingRecord?, limit: Int
  ) throws(StoreError) -> [StoredBillingRecord] {
    try page.bind(debtor, at: 1)
    try page.bind(credits ?? 0, at: 2)
    try page.bind(month, at: 3)
    try page.bind(record?.content.month ?? "", at: 4)
    try page.bind(record?.number ?? 0, at: 5)
    try page.bind(Int64(limit), at: 6)
    return try rows(page, Self.record)
  }

  func waiting(after number: Int64, limit: Int) throws(StoreError) -> [StoredBillingRecord] {
    try waiting.bind(number, at: 1)
    try waiting.bind(Int64(limit), at: 2)
    return try rows(waiting, Self.record)
  }

  // MARK: batches

  func allBatches() throws(StoreError) -> [StoredBillingBatch] { try rows(batches, Self.batch) }

  func batch(_ number: Int64) throws(StoreError) -> StoredBillingBatch? {
    try batch.bind(number, at: 1)
    return try rows(batch, Self.batch).first
  }

  func lines(_ number: Int64, after line: Int64, limit: Int) throws(StoreError) -> [StoredBillingRecord] {
    try lines.bind(number, at: 1)
    try lines.bind(line, at: 2)
    try lines.bind(Int64(limit), at: 3)
    return try rows(lines, Self.record)
  }

  func events(_ number: Int64) throws(StoreError) -> [BillingEvent] {
    try events.bind(number, at: 1)
    return try rows(events) {
      BillingEvent(
        batch: $0.integer(0), state: $0.text(1), detail: $0.text(2), amount: $0.integer(3),
        made: $0.integer(4),
        key: $0.text(5))
    }
  }

  func billed() throws(StoreError) -> [BilledMonth] {
    try rows(months) {
      BilledMonth(debtor: $0.text(0), month: $0.text(1), count: $0.integer(2), amount: $0.integer(3))
    }
  }

  // MARK: rows

  private func rows<Row>(_ statement: any SQLStatement, _ make: (any SQLStatement) -> Row) throws(StoreError)
    -> [Row]
  {
    defer { statement.reset() }
    var rows: [Row] = []
    while try statement.step() { rows.append(make(statement)) }
    return rows
  }

  private static func position(_ row: any SQLStatement) -> BillingPosition {
    let record = record(row)
    return BillingPosition(
      version: row.integer(14), record: record, revision: row.integer(15),
      facts: row.optionalBlob(16) ?? record.content.facts)
  }

  private static func record(_ row: any SQLStatement) -> StoredBillingRecord {
    let content = NewBillingRecord(
      kind: BillingKind(rawValue: row.integer(2)) ?? .waiting, debtor: row.text(3), month: row.text(4),
      amount: row.integer(5), reason: row.text(7), rules: row.text(8), made: row.integer(9),
      body: row.blob(10), facts: row.blob(11))
    return StoredBillingRecord(
      number: row.integer(0), visit: row.text(1), credits: row.optionalInteger(6),
      batch: row.optionalInteger(12), line: row.optionalInteger(13), content: content)
  }

  private static func batch(_ row: any SQLStatement) -> StoredBillingBatch {
    StoredBillingBatch(
      number: row.integer(0), claim: row.text(1), debtor: row.text(2), month: row.text(3),
      credits: row.optionalInteger(4), lines: row.integer(5), amount: row.integer(6), digest: row.text(7),
      issued: row.text(8), made: row.integer(9), terms: row.blob(10), state: row.text(11),
      paid: row.integer(12))
  }

  private static let columns = """
    r.number, r.visit, r.kind, r.debtor, r.month, r.amount, r.credits, r.reason, r.rules, r.made,
    r.body, r.facts, billing_line.batch, billing_line.line
    """
  private static let records = "billing_record r LEFT JOIN billing_line ON billing_line.record = r.number"
  private static let current = """
    billing_visit JOIN billing_record r ON r.number = billing_visit.record
      LEFT JOIN billing_line ON billing_line.record = r.number
      LEFT JOIN billing_facts latest ON latest.visit = billing_visit.visit
    """
  private static let batchSQL = """
    SELECT b.number, claim, debtor, month, credits, lines, b.amount, digest, issued, b.made, terms,
      coalesce((SELECT state FROM billing_event e WHERE e.batch = b.number AND state NOT IN ('line-rejected', 'comment')
        ORDER BY e.number DESC LIMIT 1), 'closed'),
      coalesce((SELECT CAST(sum(amount) AS bigint) FROM billing_event e WHERE e.batch = b.number AND state = 'paid'), 0)
    FROM billing_batch b
    """
}
