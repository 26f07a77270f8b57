/// Keeps deliveries until their targets have them. They come in with ``TranslationRecord/deliveries``.
///
/// Deliveries of one target with the same lane are handed out one at a time and in the order recorded; the next
/// one only when the one before is delivered, skipped, dead or aside. Whoever takes one sends it and reports;
/// after a crash before the report it is handed out again, with the same key.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol DeliveryStore: Sendable {
  /// Takes deliveries of a target that are due, oldest due first; nobody else gets them until they are
  /// reported or given back.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970, UTC.
  ///   - lease: milliseconds after which another gateway on the same database may take them, in case that this
  ///     one is dead. Ignored where only one gateway may have the store open.
  func dueDeliveries(target: String, now: Int64, lease: Int64, limit: Int) throws(StoreError) -> [DueDelivery]

  /// When the next delivery of a target that nobody has taken becomes due, in milliseconds since 1970; nil
  /// when none waits. Reports, records and people's wishes change it.
  func nextDue(target: String) throws(StoreError) -> Int64?

  /// Gives taken deliveries back unsent; they are due as before.
  func giveBack(_ numbers: [Int64])

  /// Stores what came of a delivery and lets its lane move on.
  ///
  /// Failures: ``StoreError/unknownDelivery``, ``StoreError/overloaded``, ``StoreError/closed`` or
  /// what the engine says. After the last three the delivery stays taken, so that a disk that is
  /// full does not make it go out over and over: report again, or give it back. When another gateway has taken
  /// it over meanwhile nothing is changed: ``DeliveryChange/busy``.
  func report(
    _ report: DeliveryReport, completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void)

  /// Likewise, and where taking is a write of its own, the next of the lane may be taken in the same commit.
  ///
  /// - Parameter completion: gets the next one as well, which is to be sent and reported or given back; nil when there
  ///   is none or it was not taken.
  func report(
    _ report: DeliveryReport, taking next: NextTaking?,
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>, _ next: DueDelivery?) -> Void)

  /// Does what a person wants with a delivery, one after the other, unless it is being sent; all of it or nothing.
  /// Failures as for ``report(_:completion:)``, and ``StoreError/staleAuditKey``; after each of them nothing is changed.
  ///
  /// - Parameters:
  ///   - time: milliseconds since 1970, UTC.
  ///   - audit: entries that are appended in the same transaction if something is changed.
  func intervene(
    _ interventions: [DeliveryIntervention], on number: Int64, time: Int64, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void)

  /// The delivery with that number, or nil.
  func delivery(_ number: Int64) throws(StoreError) -> StoredDelivery?

  /// All that came of a message, in the order recorded.
  func deliveries(ofMessage id: String) throws(StoreError) -> [StoredDelivery]

  /// The original body and its editions, in this order; empty when there is no such delivery.
  func bodies(ofDelivery number: Int64) throws(StoreError) -> [DeliveryBody]

  /// A page of the deliveries that are looked for: of one lane the last recorded first, else the last made.
  func deliveries(matching query: DeliveryQuery, after cursor: DeliveryPage.Cursor?, limit: Int)
    throws(StoreError) -> DeliveryPage

  /// Each target that has ever had deliveries, by name. Takes no longer the more there are.
  func deliveryCounts() throws(StoreError) -> [DeliveryCount]
}

extension DeliveryStore {
  /// Takes none.
  public func report(
    _ report: DeliveryReport, taking next: NextTaking?,
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>, _ next: DueDelivery?) -> Void
  ) {
    self.report(report) { completion($0, nil) }
  }
}
