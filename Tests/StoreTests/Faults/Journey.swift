import Store
import Synchronization

/// What a region's day does to a store, step by step: each is one commit, or none.
enum Journey {
  struct Step: Sendable {
    let name: String
    /// Throws ``StoreError`` when the store failed, ``Wrong`` when it did something else than it should.
    let run: @Sendable (SQLiteMessageStore) async throws -> Void
  }

  struct Wrong: Error {
    let found: String
  }

  static let steps: [Step] =
    accepting + translating + delivering + auditing + correcting + billing + [reopening] + replaying + ending

  /// The place at which the store is closed and opened again; the step itself does nothing.
  static let reopening = Step(name: "close and open again") { _ in }

  static func expect(_ isSo: Bool, _ found: @autoclosure () -> String) throws {
    if !isSo { throw Wrong(found: found()) }
  }

  // MARK: messages

  private static func accept(_ message: NewMessage, _ expected: Acceptance) -> Step {
    Step(name: "accept \(message.id)") { store in
      let found = try await store.accept(message).get()
      try expect(found == expected, "\(found)")
    }
  }

  private static func incoming(_ id: String, key: String? = nil, body: String = "body") -> NewMessage {
    NewMessage(
      id: id, mapping: "visits", senderKey: key, received: noon, contentType: "application/json",
      body: Array((body + String(repeating: " ", count: 1_500)).utf8), audit: [entry("receive \(id)")])
  }

  static func entry(_ text: String, key: AuditKeyUse? = nil) -> NewAuditEntry {
    NewAuditEntry(record: Array(text.utf8), time: noon, patient: 7, key: key)
  }

  private static let accepting = [
    accept(incoming("m1"), .accepted("m1")),
    Step(name: "accept several in one commit") { store in
      let found = await store.together([
        incoming("m2", key: "k2"), incoming("m3", key: "k3"), incoming("m2b", key: "k2"),
        incoming("m3b", key: "k3", body: "other"), incoming("m1"),
      ])
      for case .failure(.failed(let doing, let code)) in found {
        throw StoreError.failed(doing: doing, code: code)
      }
      try expect(
        found.map { try? $0.get() } == [
          .accepted("m2"), .accepted("m3"), .repeated("m2"), .conflict("m3"), nil,
        ], "\(found)")
    },
  ]

  // MARK: translations

  private static let visit = HubSample.key(1)
  private static let patient = HubSample.key(2)
  private static let auditKey = AuditKey(id: [1, 2, 3], pseudonym: [4, 5, 6], wrapped: [7, 8, 9])

  private static func version(_ number: Int64, expected: Int64?) -> HubChange {
    var index = HubIndex()
    index.patient = patient
    index.entries = [HubSample.key(Int(3 + number))]
    return HubSample.put(
      visit, expected: expected, time: number, content: "{\"version\":\(number)}", index: index)
  }

  private static func bill(_ amount: Int64, _ previous: BillingChange.Previous, expected: Int64)
    -> BillingChange
  {
    let record = NewBillingRecord(
      kind: .debit, debtor: "01", month: "2026-10", amount: amount, reason: "", rules: "1", made: noon,
      body: [1], facts: [2])
    return BillingChange(
      visit: "v1", expectedVersion: expected, previous: previous, record: record, revision: expected + 1)
  }

  private static func translated(
    _ id: String, _ deliveries: [NewDelivery], hub: [HubChange] = [], billing: [BillingChange] = [],
    audit: [NewAuditEntry]? = nil
  ) -> TranslationRecord {
    TranslationRecord(
      id: id, state: .translated, mappingVersion: "1", deliveries: deliveries, hub: hub, billing: billing,
      audit: audit ?? [entry("translate \(id)")])
  }

  private static func record(
    _ translations: TranslationRecord..., receipts expected: [[DeliveryReceipt]?]
  ) -> Step {
    Step(name: "record \(translations.map(\.id))") { store in
      let found = try await store.record(translations).get()
      try expect(found == expected, "\(found)")
    }
  }

  private static let first = translated(
    "m1", [delivery("d1"), delivery("d2", lane: "b")], hub: [version(1, expected: nil)],
    billing: [bill(1_000, .none, expected: 0)], audit: [entry("translate m1", key: .new(auditKey))])

  private static let broken = NewDelivery(
    key: "d5", route: "visits", target: "journal", lane: "a", contentType: "application/xml", body: [],
    created: noon, fault: .init(problem: "SL0302", holdsLane: true))

  private static let translating = [
    record(first, receipts: [[.added(1), .added(2)]]),
    Step(name: "refuse what was worked out from something else") { store in
      let stale = translated("m2", [delivery("d9")], hub: [version(2, expected: nil)])
      let found = await store.record(stale)
      if case .failure(.failed(let doing, let code)) = found {
        throw StoreError.failed(doing: doing, code: code)
      }
      try expect(found == .failure(.stale), "\(found)")
    },
    record(
      translated(
        "m2", [delivery("d3"), broken], hub: [version(2, expected: 1)],
        billing: [bill(2_000, .withdrawn(1), expected: 1)],
        audit: [entry("translate m2", key: .stored(id: auditKey.id))]),
      translated("m3", [delivery("d4")]), receipts: [[.added(3), .added(4)], [.added(5)]]),
  ]

  // MARK: deliveries

  /// Takes what is due, reports the first, and gives the others back.
  private static func send(
    _ expected: [String], _ result: DeliveryResult, now: Int64 = noon, attempts: Int = 1
  ) -> Step {
    Step(name: "send \(expected)") { store in
      let due = try store.take(now: now)
      defer { store.giveBack(due.map(\.number)) }
      try expect(due.map(\.key) == expected, "took \(due.map(\.key))")
      let report = DeliveryReport(
        number: due[0].number, result: result, attempts: attempts, time: now,
        audit: [entry("send \(expected[0])")])
      let change = try await store.report(report)
      try expect(change == .done, "\(change)")
    }
  }

  private static func intervene(_ name: String, _ wish: DeliveryIntervention, on number: Int64) -> Step {
    Step(name: name) { store in
      let change = try await store.intervene(wish, on: number)
      try expect(change == .done, "\(change)")
    }
  }

  private static let delivering = [
    send(["d1", "d2"], .delivered),
    send(["d2", "d3"], .retry(due: noon + 500, problem: "503")),
    send(["d3"], .dead(problem: "400", holdsLane: true)),
    intervene("edit d3", .replaceBody(contentType: "text/plain", bytes: [1, 2, 3]), on: 3),
    intervene("retry d3", .retry, on: 3),
    intervene("skip d5", .skip(reason: "no longer wanted"), on: 4),
  ]

  // MARK: the audit log

  private static func audit(_ name: String, _ change: AuditChange, size: Int) -> Step {
    Step(name: name) { store in
      let found = try await store.make(change)
      try expect(found == size, "\(found)")
    }
  }

  private static let before = 9
  private static let auditing = [
    audit("fill a tile", .append((0..<260).map { entry("read \($0)") }), size: before + 260),
    audit("sign", .checkpoint(size: 260, note: "signed"), size: before + 260),
    audit(
      "erase a patient, which empties the log",
      .erase(pseudonym: auditKey.pseudonym, refusing: [], entry("erase")), size: before + 261),
  ]

  // MARK: corrections

  private static let correcting = [
    accept(incoming("m4", key: "k4"), .accepted("m4")),
    Step(name: "refuse m4") { store in
      let refused = TranslationRecord(
        id: "m4", state: .rejected, diagnostics: [91, 93], audit: [entry("refuse")])
      _ = try await store.record(refused).get()
    },
    accept(incoming("m5", key: "k4", body: "mended"), .accepted("m5")),
    record(
      translated(
        "m5", [delivery("d6"), delivery("d1")],
        hub: [
          .confirm(
            HubConfirmation(id: visit, type: "Encounter", expected: 2, origin: HubSample.origin(3))),
          .list(
            HubList(
              name: .init(whole: visit, type: "Condition", contributor: "visits"), expected: nil,
              telling: .init(time: 3, message: "m5"))),
          .ignore(HubIgnored(id: patient, type: "Patient", reason: .stale, since: 7)),
        ]),
      receipts: [[.added(6), .repeated(1)]]),
    Step(name: "record m6 on its way to the disk, where another has its key") { store in
      let messages = [incoming("m6", key: "k6"), incoming("m6b", key: "k6")]
      let (accepted, recorded) = await store.together(
        messages,
        recording: [translated("m6", [delivery("d7")]).asFirst, translated("m6b", [delivery("d8")]).asFirst])
      if case .failure(.failed(let doing, let code)) = recorded {
        throw StoreError.failed(doing: doing, code: code)
      }
      try expect(accepted.map { try? $0.get() } == [.accepted("m6"), .repeated("m6")], "\(accepted)")
      try expect(recorded == .success([[.added(7)], nil]), "\(recorded)")
    },
  ]

  // MARK: billing

  private static let billing = [
    Step(name: "close a batch") { store in
      let batch = NewBillingBatch(
        number: 1, claim: "ZVF1", debtor: "01", month: "2026-10", credits: nil, records: [2], amount: 2_000,
        digest: "0", issued: "2026-11-21", made: noon, terms: [1])
      try await store.finish { store.close(batch, completion: $0) }
    },
    Step(name: "note a payment, told twice") { store in
      let paid = BillingEvent(batch: 1, state: "paid", detail: "file", amount: 2_000, made: noon, key: "p1")
      let new = try await store.finish { store.note([paid, paid], completion: $0) }
      try expect(new == 1, "\(new)")
    },
  ]

  // MARK: the rest

  private static let replaying = [
    record(first.again, receipts: [[.repeated(1), .repeated(2)]]),
    Step(name: "forget replaced versions") { store in
      let removed = try await store.remove(.versions(before: 100)).get()
      try expect(removed == 1, "\(removed)")
    },
  ]

  private static let ending =
    [["d3", "d2"], ["d4", "d2"], ["d6", "d2"], ["d7", "d2"], ["d2"]].map {
      send($0, .delivered, now: noon + 1_000, attempts: 2)
    }
    + [
      Step(name: "nothing is left") { store in
        let left = try store.take(now: noon + 9_000)
        try expect(left.isEmpty, "\(left.map(\.key))")
        let counts = try store.deliveryCounts().map(\.counts)
        try expect(counts == [[.skipped: 1], [.delivered: 6]], "\(counts)")
        let messages = try store.counts()
        try expect(messages == [.translated: 5, .rejected: 1], "\(messages)")
      }
    ]
}

extension TranslationRecord {
  /// The same, as a replay brings it: what it told the hub and billing is known.
  fileprivate var again: TranslationRecord {
    TranslationRecord(id: id, state: state, mappingVersion: "2", deliveries: deliveries)
  }
}

extension SQLiteMessageStore {
  /// Waits for a completion.
  func finish<Value: Sendable>(
    _ start: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
  ) async throws -> Value {
    try await withCheckedContinuation { waiter in start { waiter.resume(returning: $0) } }.get()
  }

  func report(_ report: DeliveryReport) async throws -> DeliveryChange {
    try await finish { self.report(report, completion: $0) }
  }

  func make(_ change: AuditChange) async throws -> Int {
    try await finish { self.change(change, completion: $0) }
  }

  func record(_ translations: [TranslationRecord]) async -> Result<[[DeliveryReceipt]?], StoreError> {
    await withCheckedContinuation { waiter in record(translations) { waiter.resume(returning: $0) } }
  }

  /// Accepts messages in one commit: they are handed in on the writer's own thread, which takes what waits when
  /// that is done.
  func together(_ messages: [NewMessage]) async -> [Result<Acceptance, StoreError>] {
    await together(messages, recording: []).accepted
  }

  /// Likewise, with what comes of them.
  func together(
    _ messages: [NewMessage], recording records: [TranslationRecord]
  ) async -> (accepted: [Result<Acceptance, StoreError>], recorded: Result<[[DeliveryReceipt]?], StoreError>)
  {
    await withCheckedContinuation { waiter in
      onWriter {
        let accepted = Mutex<[Result<Acceptance, StoreError>]>([])
        for message in messages {
          self.accept(message) { result in accepted.withLock { $0.append(result) } }
        }
        // Those that are handed in first are told first.
        self.record(records) { recorded in
          waiter.resume(returning: (accepted.withLock { $0 }, recorded))
        }
      }
    }
  }
}
