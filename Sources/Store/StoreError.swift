import CSQLite

/// Why the store did not do what it was asked. No case holds anything of a message.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  /// Another process, or another store in this one, has the file open.
  case inUse(path: String)
  /// The file or its lock cannot be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file was written by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// The database has tables of an older version, and gateways of that version run on it; nothing was changed.
  case olderGatewaysRun(count: Int, found: Int, known: Int)
  /// Too much waits to be written; nothing was stored, try again later.
  case overloaded
  /// The store is closed; nothing was stored.
  case closed
  /// A message with that id is stored already.
  case identifierTaken
  /// No message has that id.
  case unknownMessage
  /// No delivery has that number.
  case unknownDelivery
  /// What was to be stored was computed from what is no longer so; nothing was stored, compute it anew.
  case stale
  /// The key that an audit entry's patient was encrypted with is not there any more; encrypt with another one.
  case staleAuditKey
  /// The engine failed; nothing of the request was stored. The code is the engine's own extended one.
  case failed(doing: String, code: Int32)
  /// The database server refused; nothing of the request was stored. The state is its SQLSTATE, five
  /// characters.
  case refused(doing: String, state: String)
  /// The database server is not there; nothing of the request was stored, try again later.
  case unreachable(doing: String)
  /// A store cannot be moved to PostgreSQL; nothing was changed.
  case cannotMigrate(reason: String)
  /// The database server went away in the midst of the commit and did not come back in time: the request is
  /// stored or not. Asking again does no harm, since ids and keys are stored once.
  case inDoubt
  /// The keys of messages' content were wrapped by another key than the one given.
  case foreignContentKey(mapping: String)
  /// The gateways that share a database have different files or settings of that name; nothing was done.
  case disagreement(name: String)

  /// Whether the same may well be stored later: the engine or its server fails, or has too much to do.
  public var isPassing: Bool {
    switch self {
    case .overloaded, .failed, .refused, .unreachable, .inDoubt: true
    default: false
    }
  }

  /// One line for the operator.
  public var description: String {
    switch self {
    case .inUse(let path):
      "\(path) is open in another process; only one gateway may use it, and tools go through that gateway"
    case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
    case .newerSchema(let found, let known):
      "the store has schema version \(found), this program knows up to \(known); use the newer program"
    case .olderGatewaysRun(let count, let found, let known):
      """
      the store has schema version \(found), and \(count) \(count == 1 ? "gateway" : "gateways") of that version \
      \(count == 1 ? "runs" : "run") on it; this program brings version \(known): stop all gateways of the old \
      version, then start the new ones. What waits stays in the store; one that was killed counts until its lease \
      is over
      """
    case .overloaded: "too many messages wait to be written"
    case .closed: "the store is closed"
    case .identifierTaken: "a message with that id is stored already"
    case .unknownMessage: "no message has that id"
    case .unknownDelivery: "no delivery has that number"
    case .stale: "something else was stored in between"
    case .staleAuditKey: "the key of an audit entry's patient was destroyed meanwhile"
    case .failed(let doing, let code):
      "\(doing) failed: \(String(cString: sqlite3_errstr(code))) (SQLite \(code))"
    case .refused(let doing, let state): "\(doing) failed: PostgreSQL refused with SQLSTATE \(state)"
    case .unreachable(let doing): "\(doing) failed: the PostgreSQL server can't be reached"
    case .cannotMigrate(let reason): "cannot migrate: \(reason)"
    case .disagreement(let name):
      "\(name) differs from that of the other gateways on this database; all need the same"
    case .foreignContentKey(let mapping):
      "the content keys of \(mapping) were made with another pseudonym.key; put back the one that this store was used with"
    case .inDoubt: "the PostgreSQL server went away before it said whether the commit was done; ask again"
    }
  }
}
