import CPQ
import Foundation

/// One connection to a server; one thread at a time may use it.
///
/// Statements are prepared when they are first used. Calls go through libpq's pipeline: those that are made
/// together cost one round trip. After ``PostgreSQLFailure/lost`` the connection is of no more use.
final class PostgreSQLConnection {
  private let handle: OpaquePointer
  private let wire: PostgreSQLWire
  /// The names under which the server knows statements.
  private var names: [String: String] = [:]
  private var prepared = 0

  /// Connects; takes as long as the configuration's `connect_timeout` lets it, five seconds unless it says
  /// so.
  init(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLFailure) {
    guard let opened = PostgreSQLWire.open(configuration) else { throw .lost }
    handle = opened
    wire = PostgreSQLWire(opened, answerWithin: configuration.answerWithin)
    guard PQstatus(handle) == CONNECTION_OK else { throw .lost }
    PQsetnonblocking(handle, 1)
    try script(Self.settings(idleFor: min(10_000, configuration.lease / 3)))
  }

  /// Does some asking for that purpose, and tells failures as the store does.
  func asking<Value>(
    _ doing: String, _ work: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Value
  ) throws(StoreError) -> Value {
    do throws(PostgreSQLFailure) { return try work(self) } catch { throw error.storeError(doing: doing) }
  }

  /// Runs one call and gives its rows.
  func run(_ call: PostgreSQLCall) throws(PostgreSQLFailure) -> PostgreSQLRows {
    try run([call])[0]
  }

  /// Runs calls one after another in one round trip, and gives the rows of each. When one is refused, those
  /// behind it are not run, and a transaction that is open is undone.
  func run(_ calls: [PostgreSQLCall]) throws(PostgreSQLFailure) -> [PostgreSQLRows] {
    guard PQenterPipelineMode(handle) == 1 else { throw .lost }
    let unknown = try prepareUnknown(calls)
    for call in calls { try send(call) }
    return try answers(preparing: unknown, to: calls.count)
  }

  /// Makes the calls' statements known in a round trip of its own: what prepares may read, and some transactions are
  /// to begin before anything is read.
  func prepare(_ calls: [PostgreSQLCall]) throws(PostgreSQLFailure) {
    if calls.allSatisfy({ names[$0.sql] != nil }) { return }
    guard PQenterPipelineMode(handle) == 1 else { throw .lost }
    _ = try answers(preparing: try prepareUnknown(calls), to: 0)
  }

  /// Runs statements without parameters whose rows nobody wants.
  func script(_ sql: String) throws(PostgreSQLFailure) {
    guard PQsendQuery(handle, sql) == 1 else { throw .lost }
    try wire.flush()
    var failure: PostgreSQLFailure?
    while let result = try wire.next() { failure = failure ?? Self.failure(result.status, result.rows) }
    if let failure { throw failure }
  }

  /// Finds by indexes from now on, whatever the server knows of the tables' sizes: statements are planned once, and
  /// tables of what waits are empty at one moment and long at the next.
  func goByIndexes() throws(PostgreSQLFailure) {
    try script("SET enable_seqscan = off")
  }

  /// Waits that long for messages of other sessions, or until the descriptor can be read; the texts that
  /// came.
  func notifications(within seconds: Double, orUntil interruption: Int32) throws(PostgreSQLFailure)
    -> Set<String>
  {
    var texts: Set<String> = []
    try wire.receive(within: seconds, orUntil: interruption)
    while let notification = PQnotifies(handle) {
      texts.insert(String(cString: notification.pointee.extra))
      PQfreemem(notification)
    }
    return texts
  }

  // MARK: the pipeline

  /// The statements that were not known before.
  private func prepareUnknown(_ calls: [PostgreSQLCall]) throws(PostgreSQLFailure) -> [String] {
    var unknown: [String] = []
    for call in calls where names[call.sql] == nil {
      prepared += 1
      let name = "s\(prepared)"
      guard PQsendPrepare(handle, name, call.sql, 0, nil) == 1 else { throw .lost }
      names[call.sql] = name
      unknown.append(call.sql)
    }
    return unknown
  }

  private func send(_ call: PostgreSQLCall) throws(PostgreSQLFailure) {
    let arguments = PostgreSQLArguments(call.values)
    let isSent = arguments.withPointers { count, values, lengths, formats in
      PQsendQueryPrepared(handle, names[call.sql], count, values, lengths, formats, 1)
    }
    guard isSent == 1 else { throw .lost }
    try wire.flushWhenFull(after: arguments.size)
  }

  /// Reads all answers, so that the connection is ready for the next calls whatever they say.
  private func answers(preparing unknown: [String], to calls: Int) throws(PostgreSQLFailure)
    -> [PostgreSQLRows]
  {
    guard PQpipelineSync(handle) == 1 else { throw .lost }
    try wire.flush()
    var failure: PostgreSQLFailure?
    var rows: [PostgreSQLRows] = []
    for index in 0..<(unknown.count + calls) {
      guard let answer = try wire.next() else { throw .lost }
      let refusal = Self.failure(answer.status, answer.rows)
      failure = failure ?? refusal
      if index >= unknown.count { rows.append(answer.rows) }
      if index < unknown.count, !Self.isDone(answer.status) { names[unknown[index]] = nil }
      while try wire.next() != nil {}
    }
    guard let end = try wire.next(), end.status == PGRES_PIPELINE_SYNC, PQexitPipelineMode(handle) == 1 else {
      throw .lost
    }
    guard let failure else { return rows }
    if PQtransactionStatus(handle) == PQTRANS_INERROR { try script("ROLLBACK") }
    throw failure
  }

  private static func isDone(_ status: ExecStatusType) -> Bool {
    status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
  }

  private static func failure(_ status: ExecStatusType, _ rows: PostgreSQLRows) -> PostgreSQLFailure? {
    if isDone(status) || status == PGRES_PIPELINE_ABORTED { return nil }
    return rows.state.map { PostgreSQLFailure(state: $0) } ?? .lost
  }

  /// A gateway that vanishes in the midst of a batch must not hold up the others, nor their signs of life: the
  /// server looks for it, and ends a transaction that nobody goes on with. Whatever the server, the database or
  /// the role has as its standard: what waits for the writer lock has to see what was committed meanwhile, waits
  /// as long as it must, and a commit is told when it is on disk.
  private static func settings(idleFor milliseconds: Int64) -> String {
    """
    SET client_min_messages = error;
    SET standard_conforming_strings = on;
    SET client_connection_check_interval = '2s';
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = 0;
    SET lock_timeout = 0;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
    SET idle_in_transaction_session_timeout = \(milliseconds);
    SET tcp_keepalives_idle = 5;
    SET tcp_keepalives_interval = 2;
    SET tcp_keepalives_count = 3;
    SET jit = off
    """
  }
}
