import Store

/// Reads closed batches back as documents.
struct BatchReader {
  let store: any BillingStore

  /// The batch with that number; nil when there is none.
  func document(_ number: Int64) throws -> BatchDocument? {
    guard let batch = try store.billingBatch(number), let terms = BatchTerms(batch.terms),
      let issued = CalendarDay(batch.issued)
    else { return nil }
    let records = try store.billingLines(ofBatch: number, after: 0, limit: Int(batch.lines))
    return BatchDocument(
      claim: batch.claim, number: number, issued: issued, terms: terms,
      credited: try batch.credits.flatMap { try store.billingBatch($0) }, records: records,
      creditedLines: try Self.creditedLines(records, store))
  }

  /// The lines that credits are about, by the number of the credited record.
  static func creditedLines(
    _ records: [StoredBillingRecord], _ store: any BillingStore
  ) throws(StoreError) -> [Int64: Int64] {
    var lines: [Int64: Int64] = [:]
    for record in records {
      guard let credited = record.credits else { continue }
      lines[credited] = try store.billingRecord(credited)?.line
    }
    return lines
  }
}
