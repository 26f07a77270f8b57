/// The lock that whoever writes a batch holds until its commit: batches of all gateways come one after
/// another, so that numbers grow in the order of commits, nobody waits for anybody in a circle, and nothing
/// of an earlier connection is under way any more once it is had.
enum PostgreSQLWriterLock {
  static let call = PostgreSQLCall(
    "SELECT pg_advisory_xact_lock(1936487283, quote_ident(current_schema())::regnamespace::oid::int)")

  /// The calls in a transaction of their own under the lock.
  static func transaction(_ calls: [PostgreSQLCall]) -> [PostgreSQLCall] {
    [PostgreSQLCall("BEGIN"), call] + calls + [PostgreSQLCall("COMMIT")]
  }
}
