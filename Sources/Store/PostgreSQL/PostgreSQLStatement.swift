/// Who sends calls to the server and has the answers.
protocol PostgreSQLAsking: AnyObject {
  /// Sends a call and waits for its rows.
  func ask(_ call: PostgreSQLCall, doing: String) throws(StoreError) -> PostgreSQLRows

  /// Sends a call that will be asked, before anything is written, no later than when it is.
  func foresee(_ call: PostgreSQLCall) throws(StoreError)

  /// Sends a call whose rows nobody wants, at once or with the next that is asked.
  func post(_ call: PostgreSQLCall, doing: String) throws(StoreError)
}

/// A statement that both engines understand, in PostgreSQL.
final class PostgreSQLStatement: SQLStatement {
  private let sql: String
  private let doing: String
  private let server: any PostgreSQLAsking
  private var values: [PostgreSQLValue] = []
  private var rows: PostgreSQLRows?
  private var row = -1

  /// - Parameter sql: with parameters as SQLite writes them.
  init(_ sql: String, doing: String, by server: any PostgreSQLAsking) {
    self.sql = Self.numbered(sql)
    self.doing = doing
    self.server = server
  }

  func bind(_ value: Int64, at index: Int32) { bind(.integer(value), index) }
  func bind(_ value: Int64?, at index: Int32) { bind(.optional(value), index) }
  func bind(_ value: String?, at index: Int32) { bind(.optional(value), index) }
  func bind(_ value: [UInt8]?, at index: Int32) { bind(.optional(value), index) }

  func step() throws(StoreError) -> Bool {
    let rows: PostgreSQLRows
    if let known = self.rows {
      rows = known
    } else {
      rows = try server.ask(PostgreSQLCall(sql, values: values), doing: doing)
      self.rows = rows
    }
    row += 1
    return row < rows.count
  }

  func run() throws(StoreError) {
    defer { reset() }
    try server.post(PostgreSQLCall(sql, values: values), doing: doing)
  }

  func foresee() throws(StoreError) {
    defer { reset() }
    try server.foresee(PostgreSQLCall(sql, values: values))
  }

  func reset() {
    values.removeAll(keepingCapacity: true)
    rows = nil
    row = -1
  }

  func integer(_ column: Int32) -> Int64 { rows?.integer(row, Int(column)) ?? 0 }
  func optionalInteger(_ column: Int32) -> Int64? { rows?.optionalInteger(row, Int(column)) }
  func text(_ column: Int32) -> String { rows?.text(row, Int(column)) ?? "" }
  func optionalText(_ column: Int32) -> String? { rows?.optionalText(row, Int(column)) }
  func blob(_ column: Int32) -> [UInt8] { rows?.bytes(row, Int(column)) ?? [] }
  func optionalBlob(_ column: Int32) -> [UInt8]? { rows?.optionalBytes(row, Int(column)) }
  func show(_ column: Int32, _ body: (Span<UInt8>) -> Void) { rows?.show(row, Int(column), body) }

  private func bind(_ value: PostgreSQLValue, _ index: Int32) {
    while values.count < index { values.append(.null) }
    values[Int(index) - 1] = value
  }

  /// `?3` becomes `$3`; of those without a number, the first becomes `$1` and so on.
  private static func numbered(_ sql: String) -> String {
    var count = 0
    let parts = sql.split(separator: "?", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts.first ?? "")) { text, part in
      if part.first?.isNumber == true { return text += "$" + part }
      count += 1
      text += "$\(count)" + part
    }
  }
}
