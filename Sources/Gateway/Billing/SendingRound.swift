import Billing
import Diagnostics
import Store

/// One look at one batch: what is to be sent next, and what became of what was sent.
struct SendingRound {
  let batch: StoredBillingBatch
  let events: [BillingEvent]
  let rules: BillingRules
  let served: ServedMappings
  let sender: BatchSender

  /// The route of claims that are answered, over RIV-TA; the terms of `claim-answer` hold for it.
  static let answered = "billing-claims"

  func run() throws {
    guard let claim = try delivery(of: .claim) else { return try sendClaim() }
    if let claim = claim.delivery { try follow(claim, .claim) }
    guard isAccepted else { return }
    guard let invoice = try delivery(of: .invoice) else { return try sendInvoice() }
    if let invoice = invoice.delivery { try follow(invoice, .invoice) }
  }

  /// The last word of the debtor, or of a person, about the claim.
  private var isAccepted: Bool {
    let words = [BatchState.accepted, BatchState.rejected]
    return events.last { words.contains($0.state) }?.state == BatchState.accepted
  }

  // MARK: sending

  private func sendClaim() throws {
    guard let target = rules.sending.claim(to: batch.debtor) else {
      return try note(BatchState.sending, "its claim is not sent from here", key: "sending:\(batch.number)")
    }
    try send(.claim, to: target, noting: BatchState.sending)
  }

  private func sendInvoice() throws {
    guard let target = rules.sending.invoice(to: batch.debtor) else { return }
    try send(.invoice, to: target, noting: BatchState.invoicing)
  }

  private func send(_ kind: BatchExports.Kind, to target: String, noting state: String) throws {
    let exports = BatchExports(rules, served.library, sender.store)
    let document: [UInt8]
    do {
      guard let file = try exports.file(kind, of: batch.number) else { return }
      document = file
    } catch let error as DiagnosticError {
      let failed = kind == .claim ? BatchState.rejected : BatchState.invoiceRejected
      let problem = "it can't be written: \(error.codes)"
      return try note(failed, problem, key: "\(failed):\(batch.number):\(rules.version):\(problem)")
    }
    if kind == .claim { try sender.log("send \(batch.claim)", try exports.patients(of: batch.number)) }
    try send(document, kind, to: target, noting: state)
  }

  private func send(
    _ document: [UInt8], _ kind: BatchExports.Kind, to target: String, noting state: String
  ) throws {
    let now = Timestamp.now()
    let message = NewMessage(
      id: Timestamp.identifier(milliseconds: now), mapping: BatchSender.mapping, senderKey: key(kind),
      received: now, contentType: "application/json",
      body: Array("{\"batch\":\(batch.number),\"kind\":\"\(kind.rawValue)\"}".utf8))
    let delivery = NewDelivery(
      key: "billing.\(key(kind))", route: route(kind, to: target), target: target,
      lane: "billing.\(key(kind))", contentType: "application/xml", body: document, created: now)
    let event = BillingEvent(
      batch: batch.number, state: state, detail: target, amount: 0, made: now,
      key: "\(state):\(batch.number)")
    _ = try settled { sender.store.send(message, [delivery], [event], completion: $0) }
    sender.outbox.wake([target])
  }

  private func route(_ kind: BatchExports.Kind, to target: String) -> String {
    if kind == .claim { return isAnswered(target) ? Self.answered : "billing-claim-files" }
    return "billing-\(kind.rawValue)s"
  }

  /// Whether what is sent there is answered with a document of its contract.
  private func isAnswered(_ target: String) -> Bool {
    if case .http(let target) = sender.targets[target]?.way { target.soap != nil } else { false }
  }

  /// The same for each attempt, whatever became of the one before.
  private func key(_ kind: BatchExports.Kind) -> String { "\(batch.claim).\(kind.rawValue)" }

  // MARK: following

  /// Nil when nothing was sent; without a delivery when nothing is to be sent from here.
  private func delivery(of kind: BatchExports.Kind) throws -> (delivery: StoredDelivery?, Void)? {
    if let id = try sender.store.message(withKey: key(kind), mapping: BatchSender.mapping) {
      return (try sender.store.deliveries(ofMessage: id).first, ())
    }
    let isElsewhere = kind == .claim && events.contains { $0.key == "sending:\(batch.number)" }
    return isElsewhere && rules.sending.claim(to: batch.debtor) == nil ? (nil, ()) : nil
  }

  private func follow(_ delivery: StoredDelivery, _ kind: BatchExports.Kind) throws {
    let key = "delivery:\(delivery.number):\(delivery.state.rawValue):\(delivery.changed)"
    switch delivery.state {
    case .waiting: return
    case .delivered: try note(arrived(kind, at: delivery.target), delivery.target, key: key)
    case .dead, .skipped:
      let state = kind == .claim ? BatchState.rejected : BatchState.invoiceRejected
      try note(state, delivery.problem ?? "delivery \(delivery.number)", key: key)
    }
  }

  /// Over RIV-TA an answer says that the claim is accepted; elsewhere it only has arrived.
  private func arrived(_ kind: BatchExports.Kind, at target: String) -> String {
    guard kind == .claim else { return BatchState.invoiced }
    return isAnswered(target) ? BatchState.accepted : BatchState.sent
  }

  private func note(_ state: String, _ detail: String, key: String) throws {
    guard !events.contains(where: { $0.key == key }) else { return }
    let event = BillingEvent(
      batch: batch.number, state: state, detail: detail, amount: 0, made: Timestamp.now(), key: key)
    _ = try settled { sender.store.note([event], completion: $0) }
  }
}
