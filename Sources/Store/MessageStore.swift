/// Keeps messages so that none is lost: what it reports as done is on disk.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol MessageStore: Sendable {
  /// Stores a message and reports after the commit.
  ///
  /// Failures: ``StoreError/overloaded``, ``StoreError/closed``, ``StoreError/identifierTaken`` or what
  /// the engine says; after each of them nothing is stored, ``StoreError/inDoubt`` excepted.
  func accept(
    _ message: NewMessage, completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void)

  /// Stores what translations brought and their deliveries, all or nothing and in this order, and tells what
  /// became of each of these. A delivery whose key is there already, as of a message that is translated again,
  /// adds nothing.
  ///
  /// Failures as for ``accept(_:completion:)``, ``StoreError/unknownMessage``, and ``StoreError/stale`` when
  /// the hub is no longer what its changes were worked out from.
  func record(
    _ translations: [TranslationRecord],
    completion: @escaping @Sendable (Result<[[DeliveryReceipt]], StoreError>) -> Void)

  /// The message with that id, or nil.
  func message(_ id: String) throws(StoreError) -> StoredMessage?

  /// Messages that still wait for their translation, in the order stored; a page of them after that id.
  func untranslated(after id: String?, limit: Int) throws(StoreError) -> [StoredMessage]

  /// The same, to be translated: another gateway on the same database doesn't get them until they are
  /// recorded, or this gateway shows no sign of life any more. What this gateway has accepted is taken by it
  /// already.
  ///
  /// - Parameter lease: milliseconds after which others may take them, in case that this gateway is dead.
  ///   Ignored where only one gateway may have the store open.
  func takeUntranslated(after id: String?, lease: Int64, limit: Int) throws(StoreError) -> [StoredMessage]

  /// Likewise, but only messages that this gateway has not taken yet: those of a gateway that is dead or has left.
  /// To be asked after ``StoreSignal/translations``, until none come.
  func takeAbandoned(lease: Int64, limit: Int) throws(StoreError) -> [StoredMessage]

  /// The id of the message that has the sender's key under the mapping, or nil; keys of rejected ones are free.
  func message(withKey senderKey: String, mapping: String) throws(StoreError) -> String?

  /// A page of the messages that are looked for, of up to so many.
  /// - Parameter cursor: the ``MessagePage/next`` of the page before, of the same query; nil for the first.
  func messages(
    matching query: MessageQuery, _ order: MessageOrder, after cursor: Int64?, limit: Int
  ) throws(StoreError) -> MessagePage

  /// The number of messages in each state; states without messages are absent.
  func counts() throws(StoreError) -> [MessageState: Int]

  /// Writes what waits, then closes; everything later fails with ``StoreError/closed``.
  func close()
}

extension MessageStore {
  /// Stores what one translation brought; see ``record(_:completion:)``.
  public func record(
    _ translation: TranslationRecord,
    completion: @escaping @Sendable (Result<[DeliveryReceipt], StoreError>) -> Void
  ) {
    record([translation]) { result in completion(result.map { $0.first ?? [] }) }
  }
}
