/// How messages are accepted.
extension PostgreSQLWriter {
  /// All messages of the batch of which nothing has become yet.
  func accept(_ jobs: [WriteJob], _ endings: inout [Ending?]) throws(StoreError) {
    var group: [(message: NewMessage, answer: PostgreSQLAnswer<Acceptance>)] = []
    var bytes = 0
    for (place, job) in jobs.enumerated() {
      guard case .accept(let message, nil, let completion) = job else { continue }
      endings[place] = try trying(job) { () throws(StoreError) in
        try audit.check(message.audit)
        let answer = PostgreSQLAnswer<Acceptance>()
        group.append((message, answer))
        return { .accepted(answer.value, completion) }
      }
      bytes += message.body.count
      guard bytes > 1 << 22 else { continue }
      try accept(group)
      (group, bytes) = ([], 0)
    }
    try accept(group)
  }

  private func accept(
    _ group: [(message: NewMessage, answer: PostgreSQLAnswer<Acceptance>)]
  ) throws(StoreError) {
    if group.isEmpty { return }
    try batch.post(PostgreSQLAccepting(group.map(\.message)).call) { [self] rows throws(StoreError) in
      let new = Set(rows.indices.map { Int(rows.integer($0, 0)) - 1 })
      if !new.isEmpty { hasAccepted = true }
      for (place, (message, answer)) in group.enumerated() {
        if new.contains(place) {
          answer.value = .success(.accepted(message.id))
          try audit.append(message.audit)
        } else {
          try batch.post(PostgreSQLAccepting.earlier(than: message)) { [bodies] rows in
            answer.value = rows.acceptance(of: message, bodies)
          }
        }
      }
    }
  }

  func accept(
    _ message: NewMessage, as outcome: TranslationRecord? = nil
  ) throws(StoreError) -> PostgreSQLAnswer<Acceptance> {
    try audit.check(message.audit)
    if let outcome { try check([outcome]) }
    let answer = PostgreSQLAnswer<Acceptance>()
    try accept([(message, answer)])
    guard let outcome else { return answer }
    try batch.flush()
    if case .success(.accepted) = answer.value { _ = try write([outcome], try find([message.id])) }
    return answer
  }

  /// Looks at everything before it writes anything.
  func keep(_ changes: [KeptChange], with message: NewMessage?) throws(StoreError) {
    try kept.check(changes)
    if let message {
      let answer = try accept(message)
      try batch.flush()
      guard case .success(.accepted) = answer.value else { throw .identifierTaken }
    }
    try kept.apply(changes)
  }

  /// Accepts a message with its deliveries, unless it was accepted before; gives how many deliveries there are.
  func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], _ events: [BillingEvent]
  ) throws(StoreError) -> Int {
    let record = TranslationRecord(id: message.id, state: .translated, deliveries: deliveries)
    let answer = try accept(message, as: record)
    guard case .success(.accepted) = answer.value else { return 0 }
    _ = try billing.note(events)
    return deliveries.count
  }
}
