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
  /// Milliseconds without a sign of life within which other gateways have taken over what this one was at. A
  /// transaction that this one leaves open is ended by the server after a third of it, and after ten seconds at
  /// the latest. When the network to the database alone is cut, an attempt to deliver may still be under way for half
  /// of this; one that takes longer could come after later ones of its lane.
  public var lease: Int64 = 60_000
  /// Milliseconds after which this gateway translates in the place of one that lives and gets no further, though
  /// messages wait: heartbeat is not deadline. Nil for three times the lease.
  public var progressWithin: Int64?
  /// A file of this gateway's own, also after a restart, with a lock beside it: whoever starts there next frees
  /// at once what this one had taken and could not give back. Nil for none.
  public var presenceFile: String?
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
