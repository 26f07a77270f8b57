import Synchronization

/// A ``MessageStore`` and ``DeliveryStore`` in one SQLite file beside the program.
///
/// One connection writes and checkpoints, for all, on a thread of its own; others only read. What arrives
/// together shares one commit and one `fsync`. The file belongs to this process alone: a lock file beside it
/// refuses a second one.
public final class SQLiteMessageStore: MessageStore {
  let queue: WriteQueue
  let claims = Claims()
  private let messages: ReaderLock<MessageReader>
  /// For sending; it never waits for what a person looks for.
  let sending: ReaderLock<DeliveryReader>
  let looking: ReaderLock<(deliveries: DeliveryReader, search: DeliverySearch)>
  /// Nil once the store closes.
  private let committer: Mutex<GroupCommitter?>

  /// Opens the file or makes it, bringing older files up to date.
  ///
  /// Throws ``StoreError/inUse(path:)``, ``StoreError/cannotOpen(path:reason:)``,
  /// ``StoreError/newerSchema(found:known:)`` or ``StoreError/failed(doing:code:)``.
  public init(path: String, configuration: StoreConfiguration = StoreConfiguration()) throws(StoreError) {
    let lock = try StoreLock(besides: path)
    queue = WriteQueue(configuration)
    let committer = try GroupCommitter(queue: queue, lock: lock) { () throws(StoreError) in
      try MessageWriter(path: path, maximumFileBytes: configuration.maximumFileBytes)
    }
    messages = ReaderLock(try MessageReader(.reading(path: path)))
    sending = ReaderLock(try DeliveryReader(.reading(path: path)))
    let person = try Connection.reading(path: path)
    looking = ReaderLock((try DeliveryReader(person), try DeliverySearch(person)))
    self.committer = Mutex(committer)
    committer.start()
  }

  deinit {
    close()
  }

  /// Queues the message for the next commit; see ``MessageStore/accept(_:completion:)``.
  public func accept(
    _ message: NewMessage, completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void
  ) {
    if let error = queue.add(.accept(message, completion)) { completion(.failure(error)) }
  }

  /// Queues the record for the next commit; see ``MessageStore/record(_:completion:)``.
  public func record(
    _ translation: TranslationRecord,
    completion: @escaping @Sendable (Result<[DeliveryReceipt], StoreError>) -> Void
  ) {
    if let error = queue.add(.record(translation, completion)) { completion(.failure(error)) }
  }

  /// The message with that id, as of the last commit, or nil.
  public func message(_ id: String) throws(StoreError) -> StoredMessage? {
    try messages.use { reader throws(StoreError) in try reader.message(id) }
  }

  /// A page of the messages that wait for their translation, in the order stored.
  public func untranslated(after id: String? = nil, limit: Int) throws(StoreError) -> [StoredMessage] {
    try messages.use { reader throws(StoreError) in try reader.untranslated(after: id, limit: limit) }
  }

  /// The same: nobody else has the file open.
  public func takeUntranslated(after id: String? = nil, lease: Int64, limit: Int) throws(StoreError)
    -> [StoredMessage]
  {
    try untranslated(after: id, limit: limit)
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
    committer.stop()
  }
}
