import Synchronization

/// A ``WholeStore`` in a PostgreSQL database, which several gateways may share.
///
/// What arrives together shares one transaction. What is reported as done was committed by the server; how
/// durable that is, is its own `synchronous_commit` and replication to say. When the server goes away, what
/// waits to be written waits for it, as long as the configuration's patience lasts; reading fails at once.
public final class PostgreSQLMessageStore: EngineStore {
  /// The writer's queue and the readers; of use to the store only.
  public let parts: StoreParts
  let gateway: PostgreSQLGateway
  let cipher: ContentCipher
  private let contentKeys: ContentKeyTable
  let taken = PostgreSQLTaken()
  let watching = Mutex((watch: TranslatorWatch(), takeovers: 0))
  let messages: ReaderLock<PostgreSQLReader>
  /// For sending; it never waits for what a person looks for.
  let sending: ReaderLock<PostgreSQLReader>
  let looking: ReaderLock<PostgreSQLReader>
  private let searching: ReaderLock<MessageSearch>
  /// Nil once the store closes.
  private let running:
    Mutex<
      (committer: PostgreSQLCommitter, presence: PostgreSQLPresence, predecessor: PostgreSQLPredecessor?)?
    >

  /// Connects and brings older tables up to date, or makes them.
  ///
  /// Throws ``StoreError/unreachable(doing:)``, ``StoreError/newerSchema(found:known:)``,
  /// ``StoreError/olderGatewaysRun(count:found:known:)``, ``StoreError/refused(doing:state:)``, or, for its file, ``StoreError/inUse(path:)`` and
  /// ``StoreError/cannotOpen(path:reason:)``.
  /// - Parameter signal: told what other gateways have changed, on a thread of the store; it must be short.
  ///   This gateway's own changes are told as well.
  public init(
    _ configuration: PostgreSQLConfiguration, signal: @escaping @Sendable (StoreSignal) -> Void = { _ in }
  ) throws(StoreError) {
    let predecessor = try configuration.presenceFile.map { file throws(StoreError) in
      try PostgreSQLPredecessor(file)
    }
    let connection: PostgreSQLConnection
    do throws(PostgreSQLFailure) { connection = try PostgreSQLConnection(configuration) } catch {
      throw error.storeError(doing: "connecting")
    }
    try PostgreSQLSchema.update(connection, after: predecessor)
    let gateway = try connection.asking("starting") { connection throws(PostgreSQLFailure) in
      try connection.goByIndexes()
      return try PostgreSQLGateway.register(configuration, on: connection)
    }
    try predecessor?.makeWay(for: gateway, on: connection)
    self.gateway = gateway
    let schema = PostgreSQLSchemaWatch()
    contentKeys = ContentKeyTable(configuration, schema)
    let contents = configuration.writing.contents(in: contentKeys)
    try contents?.check()
    cipher = ContentCipher(keys: contents)
    let queue = WriteQueue(configuration.writing, contents)
    messages = ReaderLock(PostgreSQLReader(configuration, schema))
    sending = ReaderLock(PostgreSQLReader(configuration, schema))
    looking = ReaderLock(PostgreSQLReader(configuration, schema))
    searching = ReaderLock(try MessageSearch(PostgreSQLSession(configuration, schema)))
    parts = try StoreParts(configuration.writing, queue, contents) {
      PostgreSQLSession(configuration, schema)
    }
    let committer = try PostgreSQLCommitter(
      gateway, taken, queue, configuration, cipher, on: connection, wake: signal)
    let presence = PostgreSQLPresence(gateway, configuration, schema, wake: signal)
    running = Mutex((committer, presence, predecessor))
    committer.start()
    presence.start()
  }

  deinit {
    close()
  }

  /// The message with that id, as of the last commit, or nil.
  public func message(_ id: String) throws(StoreError) -> StoredMessage? {
    try asking("reading a message") { connection throws(PostgreSQLFailure) in
      try connection.messages(PostgreSQLMessageRows.one(id), cipher).first
    }
  }

  /// The id of the message with that key, as of the last commit.
  public func message(withKey senderKey: String, mapping: String) throws(StoreError) -> String? {
    try asking("reading a message") { connection throws(PostgreSQLFailure) in
      let rows = try connection.run(PostgreSQLMessageRows.ofKey(SenderKey.kept(senderKey), mapping))
      return rows.count > 0 ? rows.text(0, 0) : nil
    }
  }

  /// A page of the messages that are looked for.
  public func messages(
    matching query: MessageQuery, _ order: MessageOrder = .newestFirst, after cursor: Int64? = nil, limit: Int
  ) throws(StoreError) -> MessagePage {
    try searching.use { reader throws(StoreError) in
      try reader.page(query, order, after: cursor, limit: limit)
    }
  }

  /// A page of the messages that wait for their translation, in the order stored.
  public func untranslated(after id: String?, limit: Int) throws(StoreError) -> [StoredMessage] {
    try asking("reading untranslated messages") { connection throws(PostgreSQLFailure) in
      try connection.messages(PostgreSQLMessageRows.waiting(after: id, limit), cipher)
    }
  }

  /// Others may write to the database as well.
  public var isShared: Bool { true }

  /// The number of messages in each state; reads one index from end to end.
  public func counts() throws(StoreError) -> [MessageState: Int] {
    try asking("counting messages") { connection throws(PostgreSQLFailure) in
      let rows = try connection.run(PostgreSQLMessageRows.counts)
      let pairs = rows.indices.compactMap { row in
        MessageState(rawValue: rows.text(row, 0)).map { ($0, Int(rows.integer(row, 1))) }
      }
      return Dictionary(pairs) { $1 }
    }
  }

  /// Writes what waits, gives back what was taken and closes. Waits for the writer, unless a completion calls
  /// it.
  public func close() {
    guard let (committer, presence, predecessor) = running.withLock({ $0.take() }) else { return }
    messages.close()
    sending.close()
    looking.close()
    searching.close()
    parts.closeReaders()
    // Nobody may show that it lives after it has left.
    presence.stop()
    committer.stop()
    contentKeys.close()
    withExtendedLifetime(predecessor) {}
  }

  private func asking<Value: Sendable>(
    _ doing: String, _ work: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Value
  ) throws(StoreError) -> Value {
    try messages.use { reader throws(StoreError) in try reader.ask(doing, work) }
  }
}
