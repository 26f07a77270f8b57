/// The calls of one transaction of the writer. Those whose answers nobody waits for share the round trip of
/// the next that somebody does.
final class PostgreSQLBatch: SQLConnection, PostgreSQLAsking {
  typealias Hearing = (PostgreSQLRows) throws(StoreError) -> Void

  private var connection: PostgreSQLConnection?
  private var pending: [(call: PostgreSQLCall, hear: Hearing?)] = []
  private var bytes = 0
  private var changed = 0
  private var foresight = PostgreSQLForesight()
  private var numbers = PostgreSQLNumbers()
  private var appending = PostgreSQLAppending()
  /// What the server refused, or that it is gone; the transaction is undone.
  private(set) var failure: PostgreSQLFailure?

  let dialect = SQLDialect.postgresql

  /// Forgets what an earlier transaction left.
  func begin(on connection: PostgreSQLConnection) {
    self.connection = connection
    pending.removeAll(keepingCapacity: true)
    bytes = 0
    failure = nil
    foresight.forget()
    numbers.forget()
    appending.forget()
  }

  func statement(_ sql: String, doing: String) -> any SQLStatement {
    PostgreSQLStatement(sql, doing: doing, by: self)
  }

  func changedRows() throws(StoreError) -> Int {
    try flush()
    return changed
  }

  func insert(
    _ statement: any SQLStatement, into table: String, numberAt index: Int32
  ) throws(StoreError) -> Int64 {
    let number = try numbers.next(of: table) { call throws(StoreError) in
      try ask(call, doing: "numbering rows")
    }
    try statement.bind(number, at: index)
    try statement.run()
    return number
  }

  func foresee(_ call: PostgreSQLCall) {
    guard foresight.announce(call) else { return }
    let time = foresight.time
    writeBefore(call)
    pending.append((call, { [self] rows in foresight.hear(rows, to: call, of: time) }))
  }

  func ask(_ call: PostgreSQLCall, doing: String) throws(StoreError) -> PostgreSQLRows {
    if foresight.expects(call) {
      try flush()
      if let rows = foresight.answer(to: call) { return rows }
    }
    var answer: PostgreSQLRows?
    writeBefore(call)
    pending.append((call, { rows in answer = rows }))
    try flush()
    guard let answer else { throw .unreachable(doing: doing) }
    return answer
  }

  func post(_ call: PostgreSQLCall, doing: String) throws(StoreError) {
    try post(call)
  }

  /// - Parameter hear: gets the rows, no later than when the batch is flushed. It may post further calls.
  func post(_ call: PostgreSQLCall, _ hear: Hearing? = nil) throws(StoreError) {
    foresight.forget()
    writeBefore(call)
    if hear == nil, appending.take(call) { return }
    pending.append((call, hear))
    bytes += call.values.reduce(0) { $0 + $1.size }
    if bytes > 1 << 22 { try flush() }
  }

  /// What was gathered for tables that a call reads or changes comes before it.
  private func writeBefore(_ call: PostgreSQLCall) {
    for earlier in appending.before(call) { pending.append((earlier, nil)) }
  }

  /// Waits until everything is done and everybody has heard.
  func flush() throws(StoreError) {
    while true {
      let last = pending.count - 1
      for rest in appending.rest() { pending.append((rest, nil)) }
      if pending.isEmpty { return }
      let calls = pending
      pending.removeAll(keepingCapacity: true)
      bytes = 0
      let answers = try run(calls.map(\.call))
      changed = last < 0 ? 0 : answers[last].changes
      for (call, rows) in zip(calls, answers) { try call.hear?(rows) }
    }
  }

  private func run(_ calls: [PostgreSQLCall]) throws(StoreError) -> [PostgreSQLRows] {
    do throws(PostgreSQLFailure) {
      guard let connection else { throw .lost }
      return try connection.run(calls)
    } catch {
      failure = error
      throw error.storeError(doing: "writing a batch")
    }
  }
}
