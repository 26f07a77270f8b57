/// A connection to a database of either engine, for the parts of the store whose SQL both understand.
///
/// Such SQL numbers its parameters from `?1` without gaps or writes `?` for each, has no sums that PostgreSQL
/// would give as `numeric`, and writes conflicts as `ON CONFLICT`. One thread at a time may use it.
protocol SQLConnection: AnyObject {
  /// A statement, to be kept and used again.
  func statement(_ sql: String, doing: String) throws(StoreError) -> any SQLStatement

  /// The rows that the statement changed which ran last.
  func changedRows() throws(StoreError) -> Int

  /// Runs a statement that adds a row, whose column `number` is the parameter at an index, and returns the number that
  /// the row got.
  ///
  /// No RETURNING: with it, SQLite keeps a copy of each page that the statement touches, in case it fails midway.
  func insert(_ statement: any SQLStatement, into table: String, numberAt index: Int32) throws(StoreError)
    -> Int64

  /// What differs between the engines.
  var dialect: SQLDialect { get }
}

/// What differs between the engines in SQL that they share.
struct SQLDialect: Sendable {
  /// Begins reads that all see the same state, which is what the first of them finds.
  let beginReads: String
  /// What lets reads of one state go on however long nothing is asked; nil where nobody ends them.
  let longReads: String?
  /// A join by named columns whose left side is to be gone through first.
  let leadingJoin: String
  /// Whether other gateways write to the same database.
  let isShared: Bool

  static let sqlite = SQLDialect(
    beginReads: "BEGIN", longReads: nil, leadingJoin: "CROSS JOIN", isShared: false)
  static let postgresql = SQLDialect(
    beginReads: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    longReads: "SET idle_in_transaction_session_timeout = 0", leadingJoin: "JOIN", isShared: true)
}

/// A statement of either engine. Parameters count from 1, columns from 0.
protocol SQLStatement: AnyObject {
  func bind(_ value: Int64, at index: Int32) throws(StoreError)
  func bind(_ value: Int64?, at index: Int32) throws(StoreError)
  func bind(_ value: String?, at index: Int32) throws(StoreError)
  func bind(_ value: [UInt8]?, at index: Int32) throws(StoreError)

  /// Goes to the next row; false when there is none.
  func step() throws(StoreError) -> Bool

  /// Runs a statement whose rows nobody wants and makes it ready for the next time.
  func run() throws(StoreError)

  /// Says that the statement will be asked with the values bound, before anything is written, so that such questions
  /// share a round trip. Makes it ready for the next values.
  func foresee() throws(StoreError)

  /// Ends the current run; no row and no parameter survives.
  func reset()

  func integer(_ column: Int32) -> Int64
  func optionalInteger(_ column: Int32) -> Int64?
  /// Empty for NULL.
  func text(_ column: Int32) -> String
  func optionalText(_ column: Int32) -> String?
  /// Empty for NULL.
  func blob(_ column: Int32) -> [UInt8]
  func optionalBlob(_ column: Int32) -> [UInt8]?
  /// Shows bytes where they lie; none for NULL.
  func show(_ column: Int32, _ body: (Span<UInt8>) -> Void)
}

extension Statement: SQLStatement {
  func foresee() { reset() }
}

extension Connection: SQLConnection {
  func statement(_ sql: String, doing: String) throws(StoreError) -> any SQLStatement {
    try prepare(sql, doing: doing)
  }

  func changedRows() throws(StoreError) -> Int { changes }

  func insert(
    _ statement: any SQLStatement, into table: String, numberAt index: Int32
  ) throws(StoreError) -> Int64 {
    try statement.bind(nil as Int64?, at: index)
    try statement.run()
    return lastInserted
  }

  var dialect: SQLDialect { .sqlite }
}
