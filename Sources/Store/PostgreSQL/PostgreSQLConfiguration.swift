/// Where a ``PostgreSQLMessageStore`` is and how it works with it.
public struct PostgreSQLConfiguration: Sendable {
  /// A connection string or URI, to PostgreSQL 15 or newer, as libpq reads it, TLS (`sslmode`, `sslrootcert`,
  /// …) and `target_session_attrs` included. What it leaves open comes from libpq's environment variables, a
  /// password from `PGPASSFILE`. The store takes the first schema of `search_path`. A pooler between must
  /// keep sessions.
  public var connection: String
  /// The password, when it comes from elsewhere.
  public var password: String?
  /// What the database's own views call this gateway.
  public var name: String
  /// Milliseconds without a sign of life after which other gateways take over what this one was at. A
  /// transaction that this one leaves open is ended by the server as early, and after ten seconds at the
  /// latest.
  public var lease: Int64 = 30_000
  /// Seconds for which the server may be away before what waits to be written is refused.
  public var patience: Double = 15
  /// Seconds that the server may take for an answer before the connection counts as broken.
  public var answerWithin: Double = 30
  /// How much may wait and share a commit. The size of the database is not this program's to bound.
  public var writing = StoreConfiguration()

  /// A store there, with the defaults above.
  public init(connection: String, password: String? = nil, name: String = "sluss") {
    self.connection = connection
    self.password = password
    self.name = name
  }
}
