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

  /// Does the write; gives how much was new.
  func perform(with writer: MessageWriter) throws(StoreError) -> Int {
    switch self {
    case .change(let changes, let kept):
      try writer.billing.check(changes)
      try writer.kept.check(kept)
      try writer.billing.apply(changes)
      try writer.kept.apply(kept)
      return changes.count
    case .send(let message, let deliveries, let events):
      guard case .accepted = try writer.accept(message) else { return 0 }
      _ = try writer.record([
        TranslationRecord(id: message.id, state: .translated, deliveries: deliveries)
      ])
      _ = try writer.billing.note(events)
      return deliveries.count
    case .close(let batch):
      try writer.billing.close(batch)
      return batch.records.count
    case .note(let events): return try writer.billing.note(events)
    }
  }
}

extension BillingChange {
  /// Bytes that it keeps in memory, about.
  var bytes: Int { record.map { $0.body.count + $0.facts.count } ?? 0 }
}
