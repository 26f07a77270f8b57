/// The statements of billing on the connection that writes. It checks that what was computed still holds, and
/// adds rows.
final class BillingWriter {
  let connection: any SQLConnection
  private let version, isLine, addRecord, setVisit, open, hold, settle, know, forget: any SQLStatement
  let isOpen, unopen, lastBatch, addBatch, addLine, addEvent: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    self.connection = connection
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "recording billing")
    }
    version = try prepare("SELECT version, record FROM billing_visit WHERE visit = ?")
    isOpen = try prepare("SELECT 1 FROM billing_open WHERE record = ?")
    isLine = try prepare("SELECT batch FROM billing_line WHERE record = ?")
    addRecord = try prepare(
      """
      INSERT INTO billing_record
        (visit, kind, debtor, month, amount, credits, reason, rules, made, body, facts, number)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    setVisit = try prepare(
      """
      INSERT INTO billing_visit (visit, version, record, revision) VALUES (?, ?, ?, ?)
      ON CONFLICT (visit) DO UPDATE SET version = excluded.version, record = excluded.record,
        revision = excluded.revision
      """)
    open = try prepare(
      "INSERT INTO billing_open (debtor, origin, month, record, amount) VALUES (?, ?, ?, ?, ?)")
    unopen = try prepare("DELETE FROM billing_open WHERE record = ?")
    hold = try prepare("INSERT INTO billing_waiting (record) VALUES (?)")
    settle = try prepare("DELETE FROM billing_waiting WHERE record = ?")
    lastBatch = try prepare("SELECT coalesce(max(number), 0) FROM billing_batch")
    addBatch = try prepare(
      """
      INSERT INTO billing_batch (number, claim, debtor, month, credits, lines, amount, digest, issued, made, terms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    addLine = try prepare("INSERT INTO billing_line (batch, line, record) VALUES (?, ?, ?)")
    know = try prepare(
      """
      INSERT INTO billing_facts (visit, facts) VALUES (?, ?)
      ON CONFLICT (visit) DO UPDATE SET facts = excluded.facts
      """)
    forget = try prepare("DELETE FROM billing_facts WHERE visit = ?")
    addEvent = try prepare(
      """
      INSERT INTO billing_event (batch, state, detail, amount, made, key) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
  }

  // MARK: changes

  /// ``check(_:)`` will be called before anything is written.
  func foresee(_ changes: [BillingChange]) throws(StoreError) {
    for change in changes {
      try version.bind(change.visit, at: 1)
      try version.foresee()
    }
  }

  /// Throws ``StoreError/stale`` unless all changes still hold; to be called before anything is written.
  func check(_ changes: [BillingChange]) throws(StoreError) {
    var visits: Set<String> = []
    for change in changes {
      guard visits.insert(change.visit).inserted, try holds(change) else { throw .stale }
    }
  }

  private func holds(_ change: BillingChange) throws(StoreError) -> Bool {
    let (current, record) = try current(change.visit)
    guard current == change.expectedVersion else { return false }
    switch change.previous {
    case .none: return current == 0
    case .kept(let number, _): return number == record
    case .withdrawn(let number): return number == record ? try batch(of: number) == nil : false
    case .credited(let number, _): return number == record ? try batch(of: number) != nil : false
    }
  }

  private func current(_ visit: String) throws(StoreError) -> (version: Int64, record: Int64) {
    defer { version.reset() }
    try version.bind(visit, at: 1)
    return try version.step() ? (version.integer(0), version.integer(1)) : (0, 0)
  }

  private func batch(of record: Int64) throws(StoreError) -> Int64? {
    defer { isLine.reset() }
    try isLine.bind(record, at: 1)
    return try isLine.step() ? isLine.integer(0) : nil
  }

  /// Writes changes that ``check(_:)`` has let through.
  func apply(_ changes: [BillingChange]) throws(StoreError) {
    for change in changes {
      switch change.previous {
      case .none: break
      case .kept(_, let facts):
        try know.bind(change.visit, at: 1)
        try know.bind(facts, at: 2)
        try know.run()
      case .withdrawn(let number):
        try run(unopen, on: number)
        try run(settle, on: number)
      case .credited(let number, let credit):
        let origin = try batch(of: number) ?? 0
        try add(credit, of: change.visit, crediting: number, origin: origin)
      }
      var number = change.keptRecord ?? 0
      if let record = change.record {
        number = try add(record, of: change.visit, crediting: nil, origin: 0)
        if change.expectedVersion > 0 {
          try forget.bind(change.visit, at: 1)
          try forget.run()
        }
      }
      try setVisit.bind(change.visit, at: 1)
      try setVisit.bind(change.expectedVersion + 1, at: 2)
      try setVisit.bind(number, at: 3)
      try setVisit.bind(change.revision, at: 4)
      try setVisit.run()
    }
  }

  @discardableResult
  private func add(
    _ record: NewBillingRecord, of visit: String, crediting: Int64?, origin: Int64
  ) throws(StoreError) -> Int64 {
    try addRecord.bind(visit, at: 1)
    try addRecord.bind(record.kind.rawValue, at: 2)
    try addRecord.bind(record.debtor, at: 3)
    try addRecord.bind(record.month, at: 4)
    try addRecord.bind(record.amount, at: 5)
    try addRecord.bind(crediting, at: 6)
    try addRecord.bind(record.reason, at: 7)
    try addRecord.bind(record.rules, at: 8)
    try addRecord.bind(record.made, at: 9)
    try addRecord.bind(record.body, at: 10)
    try addRecord.bind(record.facts, at: 11)
    let number = try connection.insert(addRecord, into: "billing_record", numberAt: 12)
    switch record.kind {
    case .debit, .credit: try open(record, number, origin)
    case .waiting: try run(hold, on: number)
    case .notBilled: break
    }
    return number
  }

  private func open(_ record: NewBillingRecord, _ number: Int64, _ origin: Int64) throws(StoreError) {
    try open.bind(record.debtor, at: 1)
    try open.bind(origin, at: 2)
    try open.bind(record.month, at: 3)
    try open.bind(number, at: 4)
    try open.bind(record.amount, at: 5)
    try open.run()
  }

  func run(_ statement: any SQLStatement, on number: Int64) throws(StoreError) {
    try statement.bind(number, at: 1)
    try statement.run()
  }
}

extension BillingChange {
  /// The record that still counts.
  fileprivate var keptRecord: Int64? {
    if case .kept(let number, _) = previous { number } else { nil }
  }
}
