import Foundation
import Store
import Testing

@testable import Gateway

/// The night's reconciliation comes once a night, goes on where it was stopped, and is made up for afterwards.
@Suite(.serialized)
final class EngagementNightTests {
  private static let day = 86_400_000 as Int64
  private let neighbour: EngagementNeighbour

  init() throws { neighbour = try EngagementNeighbour() }

  deinit { neighbour.end() }

  /// The trial is used by one thread at a time.
  private struct Asking: @unchecked Sendable {
    let trial: EngagementTrial
  }

  private func night(_ trial: EngagementTrial) -> EngagementNight {
    let asking = Asking(trial: trial)
    return EngagementNight(
      reconciliation: EngagementReconciliation(
        index: trial.index, domains: ["riv:clinicalprocess:logistics:logistics"], sources: ["VISIBA"],
        ask: { try asking.trial.ask($0) }), time: .night)
  }

  /// The hub takes any; the index wants their form.
  private func patient(_ number: Int) -> String { "19500907" + "000\(number)".suffix(4) }

  @Test("Over many patients it is stopped anywhere and ends all the same, once a night")
  func stopped() async throws {
    let trial = try EngagementTrial(neighbour)
    for number in 0..<20 {
      try await trial.take(
        HubMessage(
          id: "m-\(number)", time: Int64(number), visit: "V-\(number)", patient: patient(number)))
    }
    try trial.tell()
    let right = try trial.known()
    #expect(right.count == 20)
    try neighbour.know([])
    // Each step by a gateway that has just started.
    #expect(try night(trial).step() == true)
    #expect(try night(trial).step() == false)
    try trial.tell()
    #expect(try trial.known() == right)
    let ended = trial.told.compactMap { if case .reconciled(let patients, _) = $0 { patients } else { nil } }
    #expect(ended == [20])
    // The same night nothing is asked again; the index's loss is mended the next.
    try neighbour.know([])
    #expect(try night(trial).step() == false)
    try trial.tell()
    #expect(try trial.known() == [])
    // Three nights without a gateway are made up for with one.
    trial.now.withLock { $0 += 3 * Self.day }
    while try night(trial).step() {}
    try trial.tell()
    #expect(try trial.known() == right)
    #expect(try night(trial).step() == false)
  }

  @Test(
    "An index that does not answer changes nothing; what it knows of a patient who is gone here is taken back"
  )
  func failing() async throws {
    let trial = try EngagementTrial(neighbour)
    try await trial.take(HubMessage(id: "m-1", time: 1))
    try trial.tell()
    let store = trial.hub.store
    let before = try store.kept(in: EngagementIndex.space, after: "", limit: 9)
    let silent = EngagementNight(
      reconciliation: EngagementReconciliation(
        index: trial.index, domains: ["riv:x"], sources: ["VISIBA"],
        ask: { _ in throw EngagementAsking.Fault(problem: "silent") }), time: .night)
    #expect(throws: EngagementAsking.Fault.self) { try silent.step() }
    #expect(try store.kept(in: EngagementIndex.space, after: "", limit: 9) == before)
    let patient = try #require(HubKey(hexadecimal: before[0].name.key))
    _ = try await withCheckedThrowingContinuation { waiter in
      store.remove(.patient(patient), limit: 1000) { waiter.resume(with: $0) }
    }
    #expect(try store.resources([patient]).isEmpty)
    while try night(trial).step() {}
    try trial.tell()
    #expect(try trial.known() == [])
  }

  @Test(
    "It is night once a day, whatever clocks do",
    arguments: [
      // 2026-11-18 12:06 in Sweden; the same day, and the day before.
      ("03:30", 1_795_000_000_000, 1_794_969_000_000), ("13:00", 1_795_000_000_000, 1_794_916_800_000),
      // To the second.
      ("03:30", 1_794_969_000_000, 1_794_969_000_000), ("03:30", 1_794_968_999_999, 1_794_882_600_000),
      // 2026-03-29 has no half past two: the leap counts.
      ("02:30", 1_774_746_060_000, 1_774_746_000_000),
    ])
  func times(_ text: String, _ now: Int, _ expected: Int) throws {
    let time = try #require(DailyTime(text, zone: "Europe/Stockholm"))
    #expect(time.last(at: Int64(now)) == Int64(expected))
  }

  @Test("What is no time of the day is none")
  func noTimes() {
    for text in ["", "3:30", "24:00", "12:60", "03.30", "aa:bb"] {
      #expect(DailyTime(text, zone: "Europe/Stockholm") == nil)
    }
    #expect(DailyTime("03:30", zone: "Europe/Atlantis") == nil)
  }
}
