import Synchronization

/// A ``MessageStore`` in one SQLite file beside the program.
///
/// One connection writes and checkpoints, for all, on a thread of its own; another only reads. Messages
/// that arrive together share one commit and one `fsync`. The file belongs to this process alone: a
/// lock file beside it refuses a second one.
public final class SQLiteMessageStore: MessageStore {
  private struct Open: @unchecked Sendable {
    /// Nil once the store closes; it goes before the writer, whose connection tidies up as the last.
    var reader: MessageReader?
    let committer: GroupCommitter
  }

  private let queue: WriteQueue
  private let opened: Mutex<Open?>

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
    opened = Mutex(Open(reader: try MessageReader(path: path), committer: committer))
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
    _ translation: TranslationRecord, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    if let error = queue.add(.record(translation, completion)) { completion(.failure(error)) }
  }

  /// The message with that id, as of the last commit, or nil.
  public func message(_ id: String) throws(StoreError) -> StoredMessage? {
    try read { reader throws(StoreError) in try reader.message(id) }
  }

  /// A page of the messages that wait for their translation, in the order stored.
  public func untranslated(after id: String? = nil, limit: Int) throws(StoreError) -> [StoredMessage] {
    try read { reader throws(StoreError) in try reader.untranslated(after: id, limit: limit) }
  }

  /// The number of messages in each state; reads one index from end to end.
  public func counts() throws(StoreError) -> [MessageState: Int] {
    try read { reader throws(StoreError) in try reader.counts() }
  }

  /// Writes what waits and closes. Waits for the writer, unless a completion calls it.
  public func close() {
    guard var open = opened.withLock({ $0.take() }) else { return }
    open.reader = nil
    open.committer.stop()
  }

  private func read<Value: Sendable>(
    _ work: (MessageReader) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try opened.withLock { open throws(StoreError) in
      guard let reader = open?.reader else { throw .closed }
      return try work(reader)
    }
  }
}
