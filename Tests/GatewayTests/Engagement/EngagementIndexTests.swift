import Foundation
import Store
import TestRig
import Testing

@testable import Gateway

/// The engagement index knows what the hub implies: told by real documents, to a simulated index with the
/// national one's rules.
@Suite(.serialized)
final class EngagementIndexTests {
  private let neighbour: EngagementNeighbour

  init() throws { neighbour = try EngagementNeighbour() }

  deinit { neighbour.end() }

  private static let patients = ["191212121212", "201701012393", "195009072553"]

  /// What a history of messages implies, worked out without the hub: of each visit what was told latest counts.
  private static func implied(by history: [HubMessage]) -> Set<String> {
    var visits: [String: HubMessage] = [:]
    for message in history where (visits[message.visit]?.time ?? -1) < message.time {
      visits[message.visit] = message
    }
    var latest: [String: Int64] = [:]
    for visit in visits.values where visit.status != "entered-in-error" {
      let key = "\(visit.patient) vko \(visit.source) GIVER-1"
      latest[key] = max(latest[key] ?? 0, visit.time)
    }
    return Set(latest.map { "\($0.key) \(local($0.value))" })
  }

  /// In November clocks here are an hour ahead of Greenwich.
  private static func local(_ time: Int64) -> String {
    HubMessage.stamp(time + 60).filter(\.isNumber)
  }

  @Test(
    "After any history of visits, corrections and nullifications the index knows exactly what the hub implies",
    arguments: 1...8 as ClosedRange<UInt64>)
  func histories(_ seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    let trial = try EngagementTrial(neighbour)
    var history: [HubMessage] = []
    let times = Array(1...40 as ClosedRange<Int64>).shuffled(using: &chance)
    for (number, time) in times.prefix(24).enumerated() {
      var message = HubMessage(id: "m-\(seed)-\(number)", time: time)
      message.visit = "V-\(Int.random(in: 1...6, using: &chance))"
      message.patient = Self.patients.randomElement(using: &chance) ?? ""
      message.status =
        ["in-progress", "finished", "entered-in-error", "cancelled"].randomElement(using: &chance) ?? ""
      history.append(message)
      try await trial.take(message)
      guard Int.random(in: 0..<3, using: &chance) == 0 else { continue }
      try neighbour.fail(
        before: Int.random(in: 0...1, using: &chance), after: Int.random(in: 0...1, using: &chance))
      try trial.tell()
      #expect(try trial.known() == Self.implied(by: history))
    }
    try trial.tell()
    #expect(try trial.known() == Self.implied(by: history))
    #expect(try trial.tell() == [])
  }

  @Test("Updates hold no more posts than the index takes, no two of one key, and none when nothing changed")
  func batches() async throws {
    let trial = try EngagementTrial(neighbour)
    trial.index.rules.most = 3
    for number in 0..<8 {
      var message = HubMessage(id: "m-\(number)", source: "SOURCE\(number)", time: Int64(number))
      message.visit = "V-\(number)"
      try await trial.take(message)
    }
    let documents = try trial.tell()
    #expect(documents.count == 3)
    #expect(try trial.known().count == 8)
    #expect(try neighbour.state().updates >= 3)
    for number in 0..<8 {
      var message = HubMessage(id: "n-\(number)", source: "SOURCE\(number)", time: Int64(20 + number))
      message.visit = "V-\(number)"
      message.status = "entered-in-error"
      try await trial.take(message)
    }
    #expect(try trial.tell().count == 3)
    #expect(try trial.known() == [])
  }

  @Test(
    "A night's reconciliation mends what the index lost, what it kept too long, and leaves others' posts alone"
  )
  func reconciliation() async throws {
    let trial = try EngagementTrial(neighbour)
    for (number, patient) in Self.patients.enumerated() {
      try await trial.take(
        HubMessage(id: "m-\(number)", time: Int64(number), visit: "V-\(number)", patient: patient))
    }
    try trial.tell()
    let right = try neighbour.state().posts
    var stale = right[0]
    stale["categorization"] = "dia"
    var others = right[0]
    others["sourceSystem"] = "OTHER"
    others["logicalAddress"] = "OTHER"
    try neighbour.know(Array(right.dropFirst()) + [stale, others])
    let trialAsks = UncheckedAsking { try trial.ask($0) }
    let reconciliation = EngagementReconciliation(
      index: trial.index, domains: ["riv:clinicalprocess:logistics:logistics"], sources: ["VISIBA"],
      ask: { try trialAsks.ask($0) })
    let page = try reconciliation.page(after: "", limit: 100)
    #expect(page.updates == 1 && page.next == nil)
    try trial.tell()
    #expect(Set(try neighbour.state().posts.map(Self.key)) == Set((right + [others]).map(Self.key)))
    #expect(try reconciliation.page(after: "", limit: 100).updates == 0)
  }

  /// The trial is used by one thread at a time.
  private struct UncheckedAsking: @unchecked Sendable {
    let ask: ([UInt8]) throws -> [UInt8]
  }

  private static func key(_ post: [String: String]) -> [String] {
    ["registeredResidentIdentification", "categorization", "logicalAddress", "sourceSystem"].map {
      post[$0] ?? ""
    }
  }
}
