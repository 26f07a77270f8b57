/// Keeps messages so that none is lost: what it reports as done is on disk.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol MessageStore: Sendable {
  /// Stores a message and reports after the commit.
  ///
  /// - Parameters:
  ///   - outcome: what has become of it already, recorded with it when it is new; nil for nothing.
  ///   - queued: called before this returns once nothing that is handed in later can be written before it; not when
  ///     it fails at once. Others wait meanwhile, and the store must not be called.
  ///
  /// Failures: ``StoreError/overloaded``, ``StoreError/closed``, ``StoreError/identifierTaken`` or what
  /// the engine says; after each of them nothing is stored, ``StoreError/inDoubt`` excepted.
  func accept(
    _ message: NewMessage, as outcome: TranslationRecord?, queued: () -> Void,
    completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void)

  /// Stores what translations brought and their deliveries, all or nothing and in this order, and tells what
  /// became of each of these. A delivery whose key is there already, as of a message that is translated again,
  /// adds nothing. A translation that is a message's first may be handed in as soon as the message is queued; when the
  /// message was not accepted after all, nothing is stored of it, and it has no receipts, where others have some or
  /// none: nil.
  ///
  /// - Parameter order: the records before and behind these; nil for none.
  ///
  /// Failures as for ``accept(_:as:queued:completion:)``, ``StoreError/unknownMessage``, and ``StoreError/stale`` when
  /// the hub is no longer what its changes were worked out from, another gateway translates now, or a record before
  /// these failed.
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
  /// Stores a message that is to be translated, or what has become of it already; see
  /// ``accept(_:as:queued:completion:)``.
  public func accept(
    _ message: NewMessage, as outcome: TranslationRecord? = nil,
    completion: @escaping @Sendable (Result<Acceptance, StoreError>) -> Void
  ) {
    accept(message, as: outcome, queued: {}, completion: completion)
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
