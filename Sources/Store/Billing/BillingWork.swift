/// A write of billing that no message causes.
enum BillingWork: Sendable {
  case change([BillingChange])
  case close(NewBillingBatch)
  case note([BillingEvent])

  /// Bytes that it keeps in memory, about.
  var bytes: Int {
    switch self {
    case .change(let changes): changes.reduce(0) { $0 + $1.bytes }
    case .close(let batch): batch.records.count * 8
    case .note: 0
    }
  }

  /// Does the write; gives how much was new.
  func perform(with writer: BillingWriter) throws(StoreError) -> Int {
    switch self {
    case .change(let changes):
      try writer.check(changes)
      try writer.apply(changes)
      return changes.count
    case .close(let batch):
      try writer.close(batch)
      return batch.records.count
    case .note(let events): return try writer.note(events)
    }
  }
}

extension BillingChange {
  /// Bytes that it keeps in memory, about.
  var bytes: Int { record.map { $0.body.count + $0.facts.count } ?? 0 }
}
