import Store

// Batches: looking at them, taking them back, having them sent.
extension BillingDesk {
  func list() throws -> BillingAnswer {
    let batches = try store.billingBatches()
    return BillingAnswer(
      batches.map(\.line), [("batches", JSONObjectText.list(batches.map(\.json)))])
  }

  func show(_ wish: BillingWish) throws -> BillingAnswer {
    let batch = try batch(wish)
    let events = try store.billingEvents(ofBatch: batch.number)
    let facts =
      "issued \(batch.issued), paid \(Money(öre: batch.paid)) kr, control sum \(batch.digest)"
    return BillingAnswer(
      [batch.line, facts] + events.map(\.line),
      [("batch", batch.json), ("events", JSONObjectText.list(events.map(\.json)))])
  }

  func reopen(_ wish: BillingWish) throws -> BillingAnswer {
    let batch = try batch(wish)
    guard let reason = CreditReason(rawValue: wish.options["reason"] ?? CreditReason.wrongPrice.rawValue)
    else { throw BillingRefusal.unclear("the reason is one of the contract's (R36).") }
    let taken = try BatchReopener.reopen(batch.number, reason: reason, now: now, in: store)
    return BillingAnswer(
      ["\(taken) lines of batch \(batch.number) are credited and open again; `close` makes the credit batch"],
      [("taken", String(taken))])
  }

  /// Batches are sent by the running gateway; here it is only noted that they are to be.
  func send(_ wish: BillingWish) throws -> BillingAnswer {
    guard rules.sending.isOn else {
      throw BillingRefusal.unclear("rules.yaml has no targets under `sending`.")
    }
    var events: [BillingEvent] = []
    for word in wish.words {
      let batch = try batch(BillingWish(.send, words: [word]))
      events.append(
        BillingEvent(
          batch: batch.number, state: BatchState.toSend, detail: "", amount: 0, made: now,
          key: "send:\(batch.number)"))
    }
    guard !events.isEmpty else { throw BillingRefusal.unclear("a batch's number is needed.") }
    let noted = try store.noteAndWait(events)
    return BillingAnswer(
      ["\(noted) batches are to be sent, \(events.count - noted) were before"], [("noted", String(noted))])
  }

  func status(_ wish: BillingWish) throws -> BillingAnswer {
    let batch = try batch(wish)
    guard let state = wish.words.dropFirst().first, BatchState.byHand.contains(state) else {
      throw BillingRefusal.unclear("a state is needed: \(BatchState.byHand.joined(separator: ", ")).")
    }
    try PaymentImport.note(
      state, of: batch.number, because: wish.options["reason"] ?? "", now: now, in: store)
    return BillingAnswer(["batch \(batch.number) is \(state)"])
  }
}

extension StoredBillingBatch {
  fileprivate var line: String {
    let kind = credits.map { "credits \($0)" } ?? "debits"
    return
      "\(number)  \(claim)  \(month)  debtor \(debtor)  \(kind)  \(lines) lines  \(Money(öre: amount)) kr  \(state)"
  }

  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("number", json: String(number))
    object.add("claim", claim)
    object.add("month", month)
    object.add("debtor", debtor)
    if let credits { object.add("credits", json: String(credits)) }
    object.add("count", json: String(lines))
    object.add("total", Money(öre: amount))
    object.add("paid", Money(öre: paid))
    object.add("issued", issued)
    object.add("digest", digest)
    object.add("state", state)
    return object.closed
  }
}

extension BillingEvent {
  fileprivate var line: String {
    "\(state)  \(detail)" + (amount == 0 ? "" : "  \(Money(öre: amount)) kr")
  }

  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("state", state)
    object.add("detail", detail)
    if amount != 0 { object.add("amount", Money(öre: amount)) }
    object.add("made", json: String(made))
    return object.closed
  }
}
