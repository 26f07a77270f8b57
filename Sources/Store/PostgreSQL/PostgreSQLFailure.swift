/// Why the server gave no answer.
enum PostgreSQLFailure: Error {
  /// The connection is gone, or could not be made: what was sent may have been done or not.
  case lost
  /// The server refused, for the reason that its SQLSTATE gives; the transaction is undone.
  case refused(state: String)
  /// What the database holds can't be gone on from; the transaction is undone.
  case unusable(StoreError)

  /// A refusal that says that the server, or this connection to it, is at its end.
  init(state: String) {
    // Broken, shut down, crashed, starting, idle for too long, and a server that only reads after a failover.
    let endings = ["08", "57P01", "57P02", "57P03", "57P05", "25P03", "25006"]
    self = endings.contains(where: state.hasPrefix) ? .lost : .refused(state: state)
  }

  /// Whether the same may succeed a little later: the server was away, or others were in the way.
  var isWorthRepeating: Bool {
    switch self {
    case .lost: true
    case .unusable: false
    case .refused(let state): ["40001", "40P01", "55P03"].contains(state)
    }
  }

  /// Whether it lies in what was to be stored, so that others' jobs may well succeed: unfit data, a broken
  /// constraint, a limit of the program.
  var isOfOneJob: Bool {
    switch self {
    case .lost: false
    case .unusable(.newerSchema): false
    case .unusable: true
    case .refused(let state): ["22", "23", "54"].contains(where: state.hasPrefix)
    }
  }

  func storeError(doing: String) -> StoreError {
    switch self {
    case .lost: .unreachable(doing: doing)
    case .unusable(let error): error
    case .refused(let state): .refused(doing: doing, state: state)
    }
  }
}
