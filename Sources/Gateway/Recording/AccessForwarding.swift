import Audit
import Mapping
import Store

/// Passes the audit log's accesses on to where the routes from `audit/entry` lead, such as the national log service
/// (StoreLog 2.0).
///
/// How far it has come is remembered in the store and changes in one transaction with the message that tells of the
/// entries: none is forgotten, and none goes again under another key. An entry's id there follows from the entry,
/// so that the receiver knows one that comes twice, too. One thread at a time may use this.
struct AccessForwarding: Sendable {
  static let mapping = "audit/entry"
  static let place = KeptEntry.Name(space: "audit", key: "forwarded")
  /// The most entries of one StoreLog (TKB 2.0.8, rule 2).
  private static let most = 500
  private static let mostLookedAt = 4000

  let current: CurrentMappings
  let log: AuditLog
  let store: any KeptStore
  let pseudonyms: Pseudonyms
  /// The time in milliseconds since 1970, UTC.
  var now: @Sendable () -> Int64 = Timestamp.now

  /// What one step brought.
  struct Step: Equatable {
    /// How many entries go on.
    var told = 0
    /// How many accesses can't, since they lack what the receiver demands.
    var unfit = 0
    /// Whether the end of the log is reached.
    var isAtEnd = true
  }

  /// Looks at the entries that came since the last step, and waits for the store. Without a route nothing is done.
  func step() throws -> Step {
    let served = current.served
    guard let mapping = served.mappings[Self.mapping]?.mapping, !mapping.routes.isEmpty else { return Step() }
    let kept = try store.kept(Self.place)
    let begin = kept.flatMap { Int(String(decoding: $0.value, as: UTF8.self)) } ?? 0
    let page = try log.store.auditEntries(from: begin, limit: Self.mostLookedAt)
    let (accesses, end) = Self.accesses(page)
    guard let end else { return Step() }
    let fit = try fit(accesses, mapping, served)
    let message = fit.isEmpty ? nil : try message(fit, from: begin, to: end)
    try store.keepAndWait(
      [KeptChange(Self.place, expected: kept?.revision, value: Array(String(end).utf8))], with: message)
    let isAtEnd = page.count < Self.mostLookedAt && page.last.map { $0.number < end } ?? true
    return Step(told: fit.count, unfit: accesses.count - fit.count, isAtEnd: isAtEnd)
  }

  /// As many accesses as one message tells, and behind which entry it goes on.
  private static func accesses(_ page: [StoredAuditEntry]) -> ([StoredAuditEntry], end: Int?) {
    var chosen: [StoredAuditEntry] = []
    var end: Int?
    for entry in page {
      if chosen.count == most { break }
      if entry.isOfAccess { chosen.append(entry) }
      end = entry.number + 1
    }
    return (chosen, end)
  }

  // MARK: what can be told

  /// Those whose documents can be made: one that lacks something must not hold up the others.
  private func fit(
    _ entries: [StoredAuditEntry], _ mapping: Mapping, _ served: ServedMappings
  ) throws -> [StoredAuditEntry] {
    if entries.isEmpty { return [] }
    if try isFit(entries, mapping, served) { return entries }
    return try entries.filter { try isFit([$0], mapping, served) }
  }

  private func isFit(
    _ entries: [StoredAuditEntry], _ mapping: Mapping, _ served: ServedMappings
  ) throws -> Bool {
    let message = try message(entries, from: 0, to: 0)
    let making = DeliveryMaking(served: served, pseudonyms: pseudonyms)
    let deliveries = served.translators.lend { translator -> [NewDelivery]? in
      do {
        try translator.read(message.body, as: mapping, named: "entries", receipt: message.receipt)
        return try making.deliveries(of: message, as: mapping, in: translator, at: message.received)
      } catch { return nil }
    }
    return deliveries.map { !$0.isEmpty && $0.allSatisfy { $0.fault == nil } } ?? false
  }

  private func message(_ entries: [StoredAuditEntry], from begin: Int, to end: Int) throws -> NewMessage {
    let time = now()
    return NewMessage(
      id: Timestamp.identifier(milliseconds: time), mapping: Self.mapping,
      senderKey: "entries \(begin)-\(end)",
      received: time, contentType: "application/json", body: try EntryDocument(entries, of: log).json())
  }
}
