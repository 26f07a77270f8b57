public import Store

/// Notes which batches were paid.
public enum PaymentImport {
  /// What an import came to.
  public struct Report: Sendable, Equatable {
    /// How many payments were new and noted.
    public let noted: Int
    /// How many were noted before.
    public let repeated: Int
    /// References that name no batch.
    public let unknown: [String]
  }

  /// Notes payments whose references name an invoice (`U12`) or a claim (`ZVF…`).
  /// - Throws: a ``StoreError``.
  public static func note(
    _ payments: [Payment], series: String, now: Int64, in store: any BillingStore
  ) throws(StoreError) -> Report {
    let batches = try store.billingBatches()
    var events: [BillingEvent] = []
    var unknown: [String] = []
    for payment in payments {
      let batch = batches.first {
        payment.reference == "\(series)\($0.number)" || payment.reference == $0.claim
      }
      guard let batch else {
        unknown.append(payment.reference)
        continue
      }
      events.append(
        BillingEvent(
          batch: batch.number, state: "paid", detail: payment.reference, amount: payment.amount.öre,
          made: now,
          key: payment.key))
    }
    let noted = try store.noteAndWait(events)
    return Report(noted: noted, repeated: events.count - noted, unknown: unknown)
  }

  /// Notes that a batch was sent, accepted or rejected.
  /// - Throws: a ``StoreError``.
  public static func note(
    _ state: String, of batch: Int64, because detail: String, now: Int64, in store: any BillingStore
  ) throws(StoreError) {
    let event = BillingEvent(
      batch: batch, state: state, detail: detail, amount: 0, made: now, key: "state:\(batch):\(state):\(now)")
    _ = try store.noteAndWait([event])
  }
}
