import Store

// What finance brings: payments, the debtors' own lists, new prices.
extension BillingDesk {
  func reprice(_ progress: (Int) -> Void) throws -> BillingAnswer {
    let changed = try VisitBilling(rules, library, store).priceAnew(now: now, progress: progress)
    return BillingAnswer(["\(changed) visits changed"], [("changed", String(changed))])
  }

  func pay(_ wish: BillingWish) throws -> BillingAnswer {
    guard let payments = PaymentFile.read(wish.file) else {
      throw BillingRefusal.unclear("the file is neither BgMax nor a table with reference, amount and key.")
    }
    let report = try PaymentImport.note(payments, series: rules.series, now: now, in: store)
    return BillingAnswer(
      ["\(report.noted) payments noted, \(report.repeated) known already"]
        + report.unknown.map { "no batch has the reference \($0)" },
      [
        ("noted", String(report.noted)), ("repeated", String(report.repeated)),
        ("unknown", JSONObjectText.list(report.unknown.map(JSONObjectText.text))),
      ], isClean: report.unknown.isEmpty)
  }

  /// Lines that the debtor refuses go into the work list.
  func reconcile(_ wish: BillingWish) throws -> BillingAnswer {
    guard let differences = try Reconciliation.compare(wish.file, with: store) else {
      throw BillingRefusal.unclear("the file is no table.")
    }
    try note(differences)
    let lines = differences.map(\.text)
    return BillingAnswer(
      lines + [lines.isEmpty ? "no differences" : "\(lines.count) differences"],
      [("differences", JSONObjectText.list(lines.map(JSONObjectText.text)))], isClean: lines.isEmpty)
  }

  private func note(_ differences: [Reconciliation.Difference]) throws {
    let batches = try store.billingBatches()
    var events: [BillingEvent] = []
    for case .rejected(let claim, let line, let reason) in differences {
      guard let batch = batches.first(where: { $0.claim == claim }) else { continue }
      events.append(
        BillingEvent(
          batch: batch.number, state: BatchState.lineRejected, detail: "\(line) \(reason)", amount: 0,
          made: now, key: "refused:\(claim):\(line):\(reason)"))
    }
    if !events.isEmpty { _ = try store.noteAndWait(events) }
  }
}

extension Reconciliation.Difference {
  /// In words.
  public var text: String {
    switch self {
    case .missing(let claim, let line): "\(claim) line \(line): they lack it"
    case .unknown(let claim, let line): "\(claim) line \(line): we never billed it"
    case .amount(let claim, let line, let ours, let theirs):
      "\(claim) line \(line): we billed \(ours) kr, they have \(theirs) kr"
    case .rejected(let claim, let line, let reason): "\(claim) line \(line): they refuse it: \(reason)"
    case .twice(let claim, let line): "\(claim) line \(line): they have it twice"
    case .unreadable(let row): "row \(row) can't be read"
    }
  }
}
