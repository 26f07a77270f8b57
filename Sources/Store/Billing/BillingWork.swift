/// A write of billing that no message causes.
enum BillingWork: Sendable {
  case change([BillingChange], [KeptChange])
  case send(NewMessage, [NewDelivery], [BillingEvent])
  case close(NewBillingBatch)
  case note([BillingEvent])

  /// Bytes that it keeps in memory, about.
  var bytes: Int {
    switch self {
    case .change(let changes, let kept):
      changes.reduce(0) { $0 + $1.bytes } + kept.reduce(0) { $0 + ($1.value?.count ?? 0) }
    case .send(let message, let deliveries, _):
      deliveries.reduce(message.body.count) { $0 + $1.body.count }
    case .close(let batch): batch.records.count * 8
    case .note: 0
    }
  }

  /// Does the write; gives how much was new. What is sent is each engine's own to write.
  func perform(with writer: BillingWriter, _ kept: KeptWriter) throws(StoreError) -> Int {
    switch self {
    case .change(let changes, let remembered):
      try writer.check(changes)
      try kept.check(remembered)
      try writer.apply(changes)
      try kept.apply(remembered)
      return changes.count
    case .send: return 0
    case .close(let batch):
      try writer.close(batch)
      return batch.records.count
    case .note(let events): return try writer.note(events)
    }
  }
}

extension MessageWriter {
  /// Accepts a message with its deliveries, unless it was accepted before; gives how many deliveries there are.
  func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], _ events: [BillingEvent]
  ) throws(StoreError) -> Int {
    let record = TranslationRecord(id: message.id, state: .translated, deliveries: deliveries)
    guard case .accepted = try accept(message, as: record) else { return 0 }
    _ = try billing.note(events)
    return deliveries.count
  }
}

extension BillingChange {
  /// Bytes that it keeps in memory, about.
  var bytes: Int { record.map { $0.body.count + $0.facts.count } ?? 0 }
}
