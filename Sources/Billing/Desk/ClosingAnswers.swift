import Store

// Closing a month, and what it would come to.
extension BillingDesk {
  func close(
    _ wish: BillingWish, isPreview: Bool, _ progress: @escaping @Sendable (Int) -> Void,
    _ export: @escaping @Sendable (Int64, [UInt8]) throws -> Void
  ) throws -> BillingAnswer {
    guard let month = wish.options["month"], CalendarDay(month + "-01") != nil else {
      throw BillingRefusal.unclear("a month such as 2026-10 is needed.")
    }
    let report = try BatchCloser(rules, library, store).close(
      month: month, debtor: wish.options["debtor"], issued: try issued(wish), now: now, isPreview: isPreview,
      progress: progress, export: export)
    var lines = report.batches.map(\.line)
    lines += report.leftOut.map { "left out: record \($0.record), \($0.check): \($0.reason)" }
    let differences = isPreview ? try self.differences(month, report) : []
    lines += differences.map(\.line)
    return BillingAnswer(
      lines,
      [
        ("batches", JSONObjectText.list(report.batches.map(\.json))),
        ("leftOut", JSONObjectText.list(report.leftOut.map(\.json))),
        ("differences", JSONObjectText.list(differences.map(\.json))),
      ], isClean: report.leftOut.isEmpty, closed: isPreview ? [] : report.batches.map(\.number))
  }

  /// What is open, by debtor and month.
  func open() throws -> BillingAnswer {
    let groups = try store.openBilling()
    let lines = groups.map { group in
      "debtor \(group.debtor)  \(group.month)  \(group.credits.map { "credits batch \($0)" } ?? "debits")"
        + "  \(group.count) records  \(Money(öre: group.amount)) kr"
    }
    return BillingAnswer(lines, [("open", JSONObjectText.list(groups.map(\.json)))])
  }

  private struct Difference {
    let debtor: String
    let before: String
    let now: Money
    let then: Money

    var line: String {
      "debtor \(debtor): \(now) kr, visits of \(before): \(then) kr, difference \(now - then) kr"
    }

    var json: String {
      var object = JSONObjectText()
      object.add("debtor", debtor)
      object.add("monthBefore", before)
      object.add("amount", now)
      object.add("amountBefore", then)
      object.add("difference", now - then)
      return object.closed
    }
  }

  /// What would be billed, beside what each debtor was billed for the month before.
  private func differences(_ month: String, _ report: ClosingReport) throws -> [Difference] {
    let before = CalendarDay(month + "-01").map { $0.adding(months: -1).monthText } ?? ""
    let billed = try store.billedMonths().filter { $0.month == before }
    return Set(report.batches.map(\.debtor) + billed.map(\.debtor)).sorted().map { debtor in
      let now = report.batches.filter { $0.debtor == debtor }.reduce(Money.zero) {
        $1.credits == nil ? $0 + $1.total : $0 - $1.total
      }
      let then = billed.filter { $0.debtor == debtor }.reduce(Money.zero) { $0 + Money(öre: $1.amount) }
      return Difference(debtor: debtor, before: before, now: now, then: then)
    }
  }
}

extension ClosingReport.Batch {
  fileprivate var line: String {
    let kind = credits.map { "credits batch \($0)" } ?? "debits"
    return
      "batch \(number)  \(claim)  debtor \(debtor)  \(kind)  \(lines) lines  \(total) kr  \(digest.prefix(16))"
  }

  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("number", json: String(number))
    object.add("claim", claim)
    object.add("debtor", debtor)
    if let credits { object.add("credits", json: String(credits)) }
    object.add("count", json: String(lines))
    object.add("total", total)
    object.add("digest", digest)
    return object.closed
  }
}

extension ClosingReport.LeftOut {
  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("record", json: String(record))
    object.add("check", check)
    object.add("reason", reason)
    return object.closed
  }
}

extension OpenBilling {
  fileprivate var json: String {
    var object = JSONObjectText()
    object.add("debtor", debtor)
    object.add("month", month)
    if let credits { object.add("credits", json: String(credits)) }
    object.add("count", json: String(count))
    object.add("amount", Money(öre: amount))
    return object.closed
  }
}
