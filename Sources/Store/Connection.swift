import CSQLite

/// One connection to a database file; one thread at a time may use it and its statements.
final class Connection {
  enum Mode {
    case writing, reading

    fileprivate var flags: Int32 {
      switch self {
      case .writing: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
      case .reading: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
      }
    }
  }

  /// Counts only before the library's first use; later it is refused, which does no harm.
  private static let libraryIsSetUp = sluss_forgo_memory_statistics() == SQLITE_OK

  private let handle: OpaquePointer
  /// How many pages the write-ahead log had after the last commit; nil for a connection that doesn't count.
  private var logged: UnsafeMutablePointer<Int32>?

  init(path: String, mode: Mode) throws(StoreError) {
    _ = Self.libraryIsSetUp
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, mode.flags, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw .cannotOpen(path: path, reason: String(cString: sqlite3_errstr(code)))
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 5_000)
  }

  /// A connection that only reads and never checkpoints.
  static func reading(path: String) throws(StoreError) -> Connection {
    let connection = try Connection(path: path, mode: .reading)
    try connection.execute(
      "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON", doing: "setting up a reader")
    return connection
  }

  deinit {
    if let logged {
      sqlite3_wal_hook(handle, nil, nil)
      logged.deallocate()
    }
    sqlite3_close_v2(handle)
  }

  /// Counts the log's pages from now on instead of moving them into the file after so and so many.
  func countLog() {
    let logged = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    logged.initialize(to: 0)
    self.logged = logged
    let count:
      @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32
    count = { logged, _, _, pages in
      logged?.assumingMemoryBound(to: Int32.self).pointee = pages
      return SQLITE_OK
    }
    sqlite3_wal_hook(handle, count, logged)
  }

  /// How many pages the log had after the last commit, in the file or not.
  var loggedPages: Int { Int(logged?.pointee ?? 0) }

  /// Runs one or more statements that have no parameters and whose rows nobody wants.
  func execute(_ sql: String, doing: String) throws(StoreError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw .failed(doing: doing, code: code) }
  }

  /// A prepared statement, to be kept and used again.
  func prepare(_ sql: String, doing: String) throws(StoreError) -> Statement {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw .failed(doing: doing, code: code) }
    return Statement(prepared, of: self, doing: doing)
  }

  /// Copies everything into another database's file, as it is at one moment, however long that takes.
  func copy(to other: Connection) throws(StoreError) {
    let doing = "backing up"
    guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
      throw .failed(doing: doing, code: sqlite3_extended_errcode(other.handle))
    }
    let code = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw .failed(doing: doing, code: code) }
  }

  /// The rows that the last statement changed.
  var changes: Int { Int(sqlite3_changes(handle)) }

  /// The number of the row that was last added.
  var lastInserted: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open; serious errors end it behind our back.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}
