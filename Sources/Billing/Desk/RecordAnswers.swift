import Store

// Records: what waits for a person, and how an amount came about.
extension BillingDesk {
  /// Records with a question, batches and lines that were refused.
  func work() throws -> BillingAnswer {
    var (lines, entries): ([String], [String]) = ([], [])
    for item in try waiting() + refused() {
      lines.append(item.line)
      entries.append(item.json)
    }
    return BillingAnswer(lines, [("work", JSONObjectText.list(entries))], isClean: lines.isEmpty)
  }

  private struct Item {
    let line: String
    let json: String

    init(_ line: String, _ members: [(String, String)], record: Int64? = nil, batch: Int64? = nil) {
      self.line = line
      var object = JSONObjectText()
      if let record { object.add("record", json: String(record)) }
      if let batch { object.add("batch", json: String(batch)) }
      for (name, value) in members { object.add(name, value) }
      json = object.closed
    }
  }

  private func waiting() throws -> [Item] {
    var items: [Item] = []
    var last: Int64 = 0
    while true {
      let page = try store.waitingRecords(after: last, limit: 1000)
      guard let end = page.last else { return items }
      for record in page {
        let (code, month) = (record.content.reason, record.content.month)
        let text = Pricing.Question(rawValue: code)?.text ?? code
        items.append(
          Item(
            "record \(record.number)  visit \(record.visit)  \(month)  \(text)",
            [("visit", record.visit), ("month", month), ("reason", code), ("text", text)],
            record: record.number))
      }
      last = end.number
    }
  }

  private func refused() throws -> [Item] {
    var items: [Item] = []
    for batch in try store.billingBatches() {
      let events = try store.billingEvents(ofBatch: batch.number)
      if [BatchState.rejected, BatchState.invoiceRejected].contains(batch.state) {
        let remarks = events.last { $0.state == BatchState.comment }?.detail
        let reason =
          (events.last { $0.state == batch.state }?.detail ?? "") + (remarks.map { "; \($0)" } ?? "")
        items.append(
          Item(
            "batch \(batch.number)  \(batch.claim)  \(batch.month)  \(batch.state): \(reason)",
            [("claim", batch.claim), ("month", batch.month), ("reason", batch.state), ("text", reason)],
            batch: batch.number))
      }
      for event in events where event.state == BatchState.lineRejected {
        guard let item = try refused(event, of: batch) else { continue }
        items.append(item)
      }
    }
    return items
  }

  /// Nil for a line that was credited since.
  private func refused(_ event: BillingEvent, of batch: StoredBillingBatch) throws -> Item? {
    let parts = event.detail.split(separator: " ", maxSplits: 1)
    guard let line = parts.first.flatMap({ Int64($0) }),
      let record = try store.billingLines(ofBatch: batch.number, after: line - 1, limit: 1).first,
      record.line == line,
      try store.billingPosition(ofVisit: record.visit)?.record.number == record.number
    else { return nil }
    let reason = parts.count > 1 ? String(parts[1]) : ""
    return Item(
      "record \(record.number)  visit \(record.visit)  \(record.content.month)  "
        + "batch \(batch.number), line \(line) is refused: \(reason)",
      [
        ("visit", record.visit), ("month", record.content.month), ("reason", BatchState.lineRejected),
        ("text", reason),
      ], record: record.number, batch: batch.number)
  }

  func explain(_ wish: BillingWish) throws -> BillingAnswer {
    let number = try number(wish, "a record's number")
    guard let record = try store.billingRecord(number) else {
      throw BillingRefusal.nothing("there is no record `\(number)`.")
    }
    let content = record.content
    var lines = ["record \(number), visit \(record.visit): \(content.kind), \(Money(öre: content.amount)) kr"]
    if !content.reason.isEmpty { lines.append("reason: \(content.reason)") }
    if let credits = record.credits { lines.append("credits record \(credits)") }
    if let batch = record.batch { lines.append("in batch \(batch), line \(record.line ?? 0)") }
    if content.rules != rules.version {
      lines.append(
        "decided by rules \(content.rules.prefix(16)); those of now (\(rules.version.prefix(16))) say:")
    }
    let pricing = try Pricer(rules, library).explain(content.facts)
    lines += pricing.steps.map { "  \($0.rule)  \($0.result)" }
    return BillingAnswer(
      lines,
      [
        ("record", json(record)), ("rulesOfNow", JSONObjectText.text(rules.version)),
        ("steps", JSONObjectText.list(pricing.steps.map(\.json))),
      ], patients: [pricing.whom].compactMap { $0 })
  }

  private func json(_ record: StoredBillingRecord) -> String {
    let content = record.content
    var object = JSONObjectText()
    object.add("number", json: String(record.number))
    object.add("visit", record.visit)
    object.add("kind", "\(content.kind)")
    object.add("debtor", content.debtor)
    object.add("month", content.month)
    object.add("amount", Money(öre: content.amount))
    object.add("reason", content.reason)
    object.add("rules", content.rules)
    if let credits = record.credits { object.add("credits", json: String(credits)) }
    if let batch = record.batch { object.add("batch", json: String(batch)) }
    if let line = record.line { object.add("line", json: String(line)) }
    return object.closed
  }
}

extension Pricing {
  fileprivate var whom: BillingPatient? {
    patient.isEmpty ? nil : BillingPatient(system: patientSystem, number: patient)
  }
}

extension Pricing.Step {
  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("rule", rule)
    object.add("result", result)
    return object.closed
  }
}
