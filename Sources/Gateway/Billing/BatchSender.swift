import Audit
import Billing
import Delivery
import Diagnostics
import Store

/// Sends closed batches that finance wants sent, on a thread of its own: the claim first, its invoice once the debtor
/// has accepted the claim (TKB 3.1.2). What becomes of them is noted with the batch.
///
/// Claims and invoices are deliveries like all others: durable, tried again, shown and retried by `sluss messages`.
/// Each has a key made of its claim's id or its number, so that none is made twice, whatever stops in between.
final class BatchSender: Sendable {
  /// Messages of ours that cause these deliveries.
  static let mapping = "billing/sending"

  let current: CurrentMappings
  let store: any WholeStore
  let outbox: Outbox
  let targets: [String: TargetConfiguration]
  private let system: String
  private let record: @Sendable ([AuditEvent]) async throws -> Void
  private let rounds = Rounds("sluss-billing", every: .seconds(5))

  init(
    _ current: CurrentMappings, _ store: any WholeStore, _ outbox: Outbox,
    _ targets: [String: TargetConfiguration], system: String,
    record: @escaping @Sendable ([AuditEvent]) async throws -> Void
  ) {
    (self.current, self.store, self.outbox, self.targets) = (current, store, outbox, targets)
    (self.system, self.record) = (system, record)
  }

  /// A store that can't be read or written now is asked again.
  func start() {
    rounds.start { { [self] _ in try? look() } }
  }

  /// There may be something to send.
  func wake() { rounds.ask() }

  /// Ends after the look at hand. To be called once.
  func stop() { rounds.stop() }

  /// Does for each batch what is next.
  func look() throws {
    let served = current.served
    guard let rules = served.billing, rules.sending.isOn else { return }
    for batch in try store.billingBatches() where Self.isUnderWay(batch.state) {
      let events = try store.billingEvents(ofBatch: batch.number)
      guard events.contains(where: { $0.state == BatchState.toSend }) else { continue }
      let round = SendingRound(batch: batch, events: events, rules: rules, served: served, sender: self)
      try round.run()
    }
  }

  private static func isUnderWay(_ state: String) -> Bool {
    !["closed", BatchState.invoiced, BatchState.paid].contains(state)
  }

  /// Logs that a batch's patients are told of.
  func log(_ what: String, _ patients: [BillingPatient]) throws {
    let events = BillingEntries(system: system, person: "").of(.export, what, patients)
    try Self.executor.wait { [record] in try await record(events) }
  }

  private static let executor = QueueExecutor(label: "sluss-billing-log")
}
