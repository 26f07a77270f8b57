import Foundation
import Store
import TestRig
import Testing

@Suite("Lanes under chance")
struct LanePropertyTests {
  @Test(
    "random records, claims, reports, wishes and restarts do what the model does",
    arguments: Engine.present(seeds: 24))
  func model(engine: Engine, seed: Int) async throws {
    var run = try LaneRun(engine, seed: UInt64(seed))
    for step in 0..<250 {
      try await run.step()
      try run.compare("seed \(seed), step \(step)")
    }
    try await run.finish()
    try run.compare("seed \(seed), the end")
    #expect(run.model.entries.allSatisfy { $0.state == .delivered || $0.state == .skipped })
  }

  @Test(
    "with failures and restarts after any step, a lane is sent in the order recorded",
    arguments: Engine.present(seeds: 12))
  func order(engine: Engine, seed: Int) async throws {
    var random = Seeded(seed: UInt64(seed))
    let place = TemporaryPlace()
    var store = try place.open(engine)
    var recorded: [String: [String]] = [:]
    var delivered: [String: [String]] = [:]
    var taken: [DueDelivery] = []
    for count in 0..<300 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<3:
        let lane = "l\(Int.random(in: 0..<4, using: &random))"
        recorded[lane, default: []].append("k\(count)")
        try await store.record(delivery("k\(count)", lane: lane))
      case 3..<5: taken += try store.take(3)
      case 5..<9:
        guard let due = taken.randomElement(using: &random) else { continue }
        taken.removeAll { $0.number == due.number }
        let isDelivered = Bool.random(using: &random)
        if isDelivered {
          taken += [try await store.deliver(due.number).next].compactMap { $0 }
          delivered[due.lane, default: []].append(due.key)
        } else {
          try await store.report(due.number, .retry(due: noon, problem: "503"))
        }
      default:
        store.close()
        store = try place.open(engine)
        taken = []
      }
    }
    store.giveBack(taken.map(\.number))
    while let due = try store.take(1).first {
      try await store.report(due.number, .delivered)
      delivered[due.lane, default: []].append(due.key)
    }
    #expect(delivered == recorded)
  }
}

/// A store and the model of it, led through the same steps.
private struct LaneRun {
  private(set) var model = LaneModel()
  private let engine: Engine
  private let place = TemporaryPlace()
  private var store: any MessageStore & DeliveryStore
  private var random: Seeded
  private var clock = noon
  private var taken: [DueDelivery] = []

  init(_ engine: Engine, seed: UInt64) throws {
    self.engine = engine
    store = try place.open(engine)
    random = Seeded(seed: seed)
  }

  mutating func step() async throws {
    clock += Int64.random(in: 0..<20, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5: try await record()
    case 5..<10: try take(limit: Int.random(in: 1..<5, using: &random))
    case 10..<15: try await report(randomResult())
    case 15..<18: try await intervene()
    case 18: giveBack()
    default: try reopen()
    }
  }

  /// Lets a person bring everything to an end.
  mutating func finish() async throws {
    giveBack()
    for entry in model.entries where entry.state == .dead { try await intervene(.retry, on: entry.number) }
    clock += 1_000
    while !model.free.isEmpty {
      try take(limit: 3)
      while !taken.isEmpty { try await report(.delivered) }
    }
  }

  func compare(_ place: String) throws {
    #expect(try store.nextDue(target: "npo") == model.free.first?.due, "\(place)")
    let page = try store.deliveries(matching: DeliveryQuery(), after: nil, limit: 10_000).deliveries
    let found = Dictionary(uniqueKeysWithValues: page.map { ($0.number, $0) })
    for entry in model.entries {
      let stored = try #require(found[entry.number])
      #expect(stored.key == entry.key && stored.state == entry.state, "\(place)")
      #expect(stored.holdsLane == (entry.holdsLane && isHead(entry)), "\(place)")
      #expect(stored.attempts == entry.attempts, "\(place)")
    }
    let counts = Dictionary(grouping: model.entries, by: \.state).mapValues(\.count)
    #expect(try store.deliveryCounts().first?.counts ?? [:] == counts, "\(place)")
  }

  private func isHead(_ entry: LaneModel.Entry) -> Bool {
    !model.entries.contains { $0.lane == entry.lane && $0.isInLane && $0.number < entry.number }
  }

  private mutating func record() async throws {
    let deliveries = (0..<Int.random(in: 1..<4, using: &random)).map { _ in
      delivery(
        "k\(Int.random(in: 0..<200, using: &random))", lane: "l\(Int.random(in: 0..<3, using: &random))",
        due: clock + Int64.random(in: -5..<20, using: &random))
    }
    let id = UUID().uuidString
    _ = await store.accept(message(id))
    let receipts = try await store.record(
      TranslationRecord(id: id, state: .translated, deliveries: deliveries)
    ).get()
    for (new, receipt) in zip(deliveries, receipts) {
      let isExpected = model.record(new, as: receipt)
      #expect(isExpected)
    }
  }

  private mutating func take(limit: Int) throws {
    let due = try store.take(limit, now: clock)
    let isExpected = model.take(due.map(\.number), now: clock, limit: limit)
    #expect(isExpected)
    taken += due
  }

  private mutating func report(_ result: DeliveryResult) async throws {
    guard let due = taken.randomElement(using: &random) else { return }
    taken.removeAll { $0.number == due.number }
    let report = DeliveryReport(
      number: due.number, result: result, attempts: due.attempts + 1, time: clock)
    if result == .delivered, Bool.random(using: &random) { return try await deliver(due, report) }
    #expect(
      try await store.report(due.number, result, attempts: report.attempts, time: clock) == .done)
    model.report(report)
  }

  /// With the next of its lane: where a claim is a write, it is taken; else nobody takes it.
  private mutating func deliver(_ due: DueDelivery, _ report: DeliveryReport) async throws {
    let expected = engine == .postgresql ? model.next(after: due.number, now: clock) : nil
    let (change, next) = try await store.deliver(due.number, takingBy: clock, attempts: report.attempts)
    #expect(change == .done && next?.number == expected)
    model.report(report)
    guard let next else { return }
    model.take(next.number)
    taken.append(next)
  }

  private mutating func randomResult() -> DeliveryResult {
    let flag = Bool.random(using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0..<2: return .delivered
    case 2..<4:
      return .retry(due: clock + Int64.random(in: 0..<40, using: &random), problem: "p", stepsAside: flag)
    default: return .dead(problem: "p", holdsLane: flag)
    }
  }

  private mutating func intervene() async throws {
    guard let entry = model.entries.randomElement(using: &random) else { return }
    let isRetry = Int.random(in: 0..<4, using: &random) > 0
    try await intervene(isRetry ? .retry : .skip(reason: "r"), on: entry.number)
  }

  private mutating func intervene(_ intervention: DeliveryIntervention, on number: Int64) async throws {
    let expected = model.intervene(intervention, on: number, time: clock)
    #expect(try await store.intervene(intervention, on: number, time: clock) == expected)
  }

  private mutating func giveBack() {
    store.giveBack(taken.map(\.number))
    forgetTaken()
  }

  private mutating func reopen() throws {
    store.close()
    store = try place.open(engine)
    forgetTaken()
  }

  private mutating func forgetTaken() {
    taken = []
    model.giveBackAll()
  }
}
