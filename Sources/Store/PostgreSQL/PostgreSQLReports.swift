/// How what came of attempts is stored.
extension PostgreSQLWriter {
  /// All reports of the batch, those of what was delivered with one statement.
  func report(_ jobs: [WriteJob], _ endings: inout [Ending?]) throws(StoreError) {
    var delivered: [(report: DeliveryReport, answer: PostgreSQLAnswer<DeliveryChange>)] = []
    var numbers: Set<Int64> = []
    for (place, job) in jobs.enumerated() {
      guard case .report(let report, let completion) = job, case .delivered = report.result,
        numbers.insert(report.number).inserted
      else { continue }
      endings[place] = try trying(job) { () throws(StoreError) in
        try audit.check(report.audit)
        let answer = PostgreSQLAnswer<DeliveryChange>()
        delivered.append((report, answer))
        return { .changed(answer.value, completion) }
      }
    }
    guard !delivered.isEmpty else { return }
    let call = PostgreSQLReporting.delivered(delivered.map(\.report), by: gateway)
    try batch.post(call) { [self] rows throws(StoreError) in
      var isDone = [Bool](repeating: false, count: delivered.count)
      for row in rows.indices {
        isDone[Int(rows.integer(row, 0)) - 1] = true
        tally.move(
          rows.integer(row, 1), from: DeliveryState.waiting.code, to: DeliveryState.delivered.code)
        if let next = rows.optionalInteger(row, 4) {
          following.append((delivered[Int(rows.integer(row, 0)) - 1].report.number, next))
        } else if rows.flag(row, 3) {
          woken.insert(rows.text(row, 2))
        }
      }
      try readFollowing()
      for ((report, answer), isDone) in zip(delivered, isDone) {
        guard !isDone else {
          answer.value = .success(.done)
          try audit.append(report.audit)
          continue
        }
        try post(gateway.report(report), audit: report.audit, into: answer)
      }
    }
  }

  /// What was taken with reports is known as this gateway's before the commit, and forgotten when that fails.
  private func readFollowing() throws(StoreError) {
    if following.isEmpty { return }
    taken.add(following.map(\.next))
    try batch.post(PostgreSQLDeliveryRows.due(following.map(\.next))) { [self] rows throws(StoreError) in
      let due = try rows.indices.map { row throws(StoreError) in try rows.dueDelivery(row, cipher) }
      let byNumber = Dictionary(due.map { ($0.number, $0) }) { first, _ in first }
      for each in following {
        if let next = byNumber[each.next] { taken.follow(each.reported, by: next) }
      }
    }
  }

  /// A change that does nothing leaves no entries either.
  func change(
    _ call: PostgreSQLCall, audit entries: [NewAuditEntry] = []
  ) throws(StoreError) -> PostgreSQLAnswer<DeliveryChange> {
    try audit.check(entries)
    let answer = PostgreSQLAnswer<DeliveryChange>()
    try post(call, audit: entries, into: answer)
    return answer
  }

  private func post(
    _ call: PostgreSQLCall, audit entries: [NewAuditEntry], into answer: PostgreSQLAnswer<DeliveryChange>
  ) throws(StoreError) {
    try batch.post(call) { [self] rows throws(StoreError) in
      answer.value = rows.change(&tally)
      if answer.value == .success(.done) { try audit.append(entries) }
    }
  }
}
