/// Keeps messages so that none is lost: what it reports as done is on disk.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol MessageStore: Sendable {
  /// Stores a message and reports after the commit.
  ///
  /// - Parameter outcome: what has become of it already, recorded with it when it is new; nil for nothing.
  ///
  /// Failures: ``StoreError/overloaded``, ``StoreError/closed``, ``StoreError/identifierTaken`` or what
  /// the engine says; after each of them nothing is stored, ``StoreError/inDoubt`` excepted.
  func accept(
    _ message: NewMessage, as outcome: TranslationRecord?,
    completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void)

  /// From now on tells of the messages that are to be translated, whoever hands them in. The store does not keep the
  /// follower alive.
  func follow(_ follower: any MessageFollower)

  /// Stores what translations brought and their deliveries, all or nothing and in this order, and tells what
  /// became of each of these. A delivery whose key is there already, as of a message that is translated again,
  /// adds nothing. A message's first translation may be handed in as soon as the message is announced; when nothing is
  /// stored of it after all, its receipts are nil, see ``TranslationRecord/isFirst``.
  ///
  /// - Parameter order: the records before and behind these, all handed in by one thread; nil for none.
  ///
  /// Failures as for ``accept(_:as:completion:)``, ``StoreError/unknownMessage``, and ``StoreError/stale`` when
  /// the hub is no longer what its changes were worked out from, another gateway translates now, or a record before
  /// these in their order failed.
  func record(
    _ translations: [TranslationRecord], inOrder order: RecordingOrder?,
    completion: @escaping @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void)

  /// The message with that id, or nil.
  func message(_ id: String) throws(StoreError) -> StoredMessage?

  /// Messages that still wait for their translation, in the order stored; a page of them after that id.
  func untranslated(after id: String?, limit: Int) throws(StoreError) -> [StoredMessage]

  /// Whether other gateways may write to the same database: then ``untranslated(after:limit:)`` alone tells in which
  /// order messages were stored.
  var isShared: Bool { get }

  /// Whether this gateway is the one that translates for all that share the database, so that each patient's events
  /// are translated in the order stored, whoever took them. When nobody does, or the one that did shows no sign of
  /// life any more, it is this one from now on. To be asked again after ``StoreSignal/translations``.
  func leadsTranslation() throws(StoreError) -> Bool

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
  /// Stores a message that is to be translated; see ``accept(_:as:completion:)``.
  public func accept(
    _ message: NewMessage, completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void
  ) {
    accept(message, as: nil, completion: completion)
  }

  /// Stores what translations brought, that of no other before or behind them; see ``record(_:inOrder:completion:)``.
  public func record(
    _ translations: [TranslationRecord],
    completion: @escaping @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void
  ) {
    record(translations, inOrder: nil, completion: completion)
  }

  /// Stores what one translation brought; see ``record(_:inOrder:completion:)``.
  public func record(
    _ translation: TranslationRecord,
    completion: @escaping @Sendable (Result<[DeliveryReceipt], StoreError>) -> Void
  ) {
    record([translation]) { result in completion(result.map { ($0.first ?? nil) ?? [] }) }
  }
}
