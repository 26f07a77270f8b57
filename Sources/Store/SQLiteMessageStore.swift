import Synchronization

/// A ``MessageStore``, ``DeliveryStore`` and ``HubStore`` in one SQLite file beside the program.
///
/// One connection writes and checkpoints, for all, on a thread of its own; others only read. What arrives
/// together shares one commit and one `fsync`. The file belongs to this process alone: a lock file beside it
/// refuses a second one.
public final class SQLiteMessageStore: EngineStore {
  /// The file.
  let path: String
  /// The writer's queue and the readers; of use to the store only.
  public let parts: StoreParts
  let cipher: ContentCipher
  let claims = Claims()
  private let messages: ReaderLock<MessageReader>
  /// For sending; it never waits for what a person looks for.
  let sending: ReaderLock<DeliveryReader>
  let looking: ReaderLock<Looking>
  /// Nil once the store closes.
  private let committer: Mutex<GroupCommitter?>

  /// Opens the file or makes it, bringing older files up to date.
  ///
  /// Throws ``StoreError/inUse(path:)``, ``StoreError/cannotOpen(path:reason:)``,
  /// ``StoreError/newerSchema(found:known:)`` or ``StoreError/failed(doing:code:)``.
  public init(path: String, configuration: StoreConfiguration = StoreConfiguration()) throws(StoreError) {
    let lock = try StoreLock(besides: path)
    self.path = path
    let contents = configuration.contents(in: ContentKeyFolder(besides: path))
    try contents?.check()
    let cipher = ContentCipher(keys: contents)
    self.cipher = cipher
    let queue = WriteQueue(configuration, contents)
    let committer = try GroupCommitter(queue: queue, lock: lock) { () throws(StoreError) in
      try MessageWriter(
        path: path, maximumFileBytes: configuration.maximumFileBytes, bodyKey: configuration.bodyKey, cipher)
    }
    messages = ReaderLock(try MessageReader(.reading(path: path), cipher))
    sending = ReaderLock(try DeliveryReader(.reading(path: path), cipher))
    let person = try Connection.reading(path: path)
    looking = ReaderLock(try Looking(person, cipher))
    parts = try StoreParts(configuration, queue, contents) { () throws(StoreError) in
      try Connection.reading(path: path)
    }
    self.committer = Mutex(committer)
    committer.start()
  }

  deinit {
    close()
  }

  /// The message with that id, as of the last commit, or nil.
  public func message(_ id: String) throws(StoreError) -> StoredMessage? {
    try messages.use { reader throws(StoreError) in try reader.message(id) }
  }

  /// A page of the messages that wait for their translation, in the order stored.
  public func untranslated(after id: String? = nil, limit: Int) throws(StoreError) -> [StoredMessage] {
    try messages.use { reader throws(StoreError) in try reader.untranslated(after: id, limit: limit) }
  }

  /// Nobody else has the file open.
  public var isShared: Bool { false }

  /// Always.
  public func leadsTranslation() -> Bool { true }

  /// The id of the message with that key, as of the last commit.
  public func message(withKey senderKey: String, mapping: String) throws(StoreError) -> String? {
    try messages.use { reader throws(StoreError) in
      try reader.message(withKey: SenderKey.kept(senderKey), mapping: mapping)
    }
  }

  /// A page of the messages that are looked for.
  public func messages(
    matching query: MessageQuery, _ order: MessageOrder = .newestFirst, after cursor: Int64? = nil, limit: Int
  ) throws(StoreError) -> MessagePage {
    try looking.use { reader throws(StoreError) in
      try reader.messages.page(query, order, after: cursor, limit: limit)
    }
  }

  /// The number of messages in each state; reads one index from end to end.
  public func counts() throws(StoreError) -> [MessageState: Int] {
    try messages.use { reader throws(StoreError) in try reader.counts() }
  }

  /// Writes what waits and closes. Waits for the writer, unless a completion calls it.
  public func close() {
    guard let committer = committer.withLock({ $0.take() }) else { return }
    // The readers go before the writer, whose connection tidies up as the last.
    messages.close()
    sending.close()
    looking.close()
    parts.closeReaders()
    committer.stop()
  }
}

/// What people look with; their searches wait for each other and nobody waits for them.
struct Looking {
  let deliveries: DeliveryReader
  let search: DeliverySearch
  let messages: MessageSearch

  init(_ connection: Connection, _ cipher: ContentCipher) throws(StoreError) {
    deliveries = try DeliveryReader(connection, cipher)
    search = try DeliverySearch(connection)
    messages = try MessageSearch(connection)
  }
}
