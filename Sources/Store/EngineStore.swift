import Synchronization

/// A store in the tables that all engines have in the same shape: what is asked and written by the same SQL is done
/// here, once for all of them.
public protocol EngineStore: MessageStore, HubStore, BillingStore, AuditStore, AuditAsking, RetentionStore,
  KeptStore
{
  /// The writer's queue and the readers.
  var parts: StoreParts { get }
}

/// The queue of a store's writer, and the readers of what all engines share.
public final class StoreParts: Sendable {
  let queue: WriteQueue
  /// Nil where content is stored as it is.
  let contents: ContentKeys?
  let hub: ReaderPool<(reader: HubReader, search: HubSearch)>
  let billing: ReaderLock<BillingReader>
  let auditing: AuditConnection
  let connect: @Sendable () throws(StoreError) -> any SQLConnection
  let keeping: ReaderLock<KeptReader>
  fileprivate let followed = Mutex(FollowerPlace())

  /// - Parameter connect: opens a connection that only reads.
  init(
    _ configuration: StoreConfiguration, _ queue: WriteQueue, _ contents: ContentKeys?,
    connect: @escaping @Sendable () throws(StoreError) -> any SQLConnection
  ) throws(StoreError) {
    self.queue = queue
    self.contents = contents
    hub = ReaderPool(limit: configuration.hubReaders) { () throws(StoreError) in
      let connection = try connect()
      let reader = try HubReader(connection)
      return (reader, try HubSearch(connection, reader))
    }
    billing = ReaderLock(try BillingReader(connect()))
    auditing = try AuditConnection(connect())
    self.connect = connect
    keeping = ReaderLock(try KeptReader(connect()))
  }

  /// Waits for those who still read, and closes the readers' connections.
  func closeReaders() {
    hub.close()
    billing.close()
    auditing.reader.close()
    keeping.close()
  }
}

extension EngineStore {
  var queue: WriteQueue { parts.queue }

  /// From now on tells of messages that are to be translated; see ``MessageStore/follow(_:)``.
  public func follow(_ follower: any MessageFollower) {
    parts.followed.withLock { $0.follower = follower }
  }

  /// Queues the message for the next commit; see ``MessageStore/accept(_:as:completion:)``.
  public func accept(
    _ message: NewMessage, as outcome: TranslationRecord?,
    completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void
  ) {
    hand(in: outcome == nil ? message : nil) { settle in
      .accept(message, outcome) { result in
        settle(result.isNew)
        completion(result)
      }
    }
  }

  /// Queues a job; who follows the message that it stores is told.
  /// - Parameters:
  ///   - message: one that is to be translated.
  ///   - job: the job, which is to tell whether the message is stored.
  func hand(in message: NewMessage?, _ job: (@escaping @Sendable (_ isStored: Bool) -> Void) -> WriteJob) {
    let follower = parts.followed.withLock { $0.follower }
    let job = job { isStored in if let message { follower?.settle(message, isStored: isStored) } }
    let error = queue.add(job) { if let message { follower?.announce(message) } }
    if let error { job.fail(error) }
  }

  /// Queues the records for the next commit; see ``MessageStore/record(_:inOrder:completion:)``.
  public func record(
    _ translations: [TranslationRecord], inOrder order: RecordingOrder?,
    completion: @escaping @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void
  ) {
    let job = WriteJob.record(translations, order?.next(), completion)
    if let error = queue.add(job) { job.fail(error) }
  }
}

extension Result<Acceptance, StoreError> {
  fileprivate var isNew: Bool { if case .success(.accepted) = self { true } else { false } }
}
