import Foundation
import Store
import Testing

/// Every call that the store makes to its disk fails, alone and from there on, and is the last before the power
/// goes; the store holds what it acknowledged and nothing in halves, each time.
///
/// Every 97th call only where the build is not optimised. `SLUSS_FAULTS` says another step, or `long`: each call, and more of
/// what a power cut may leave.
@Suite("At every call to the disk", .timeLimit(.minutes(30)))
struct FaultTests {
  #if DEBUG
    private static let usualStep = 97
  #else
    private static let usualStep = 1
  #endif

  @Test("a fault, a full disk or a power cut loses nothing that was acknowledged and halves nothing")
  func everyCall() async throws {
    let plain = try await PlainWalk()
    let wish = ProcessInfo.processInfo.environment["SLUSS_FAULTS"] ?? ""
    let isLong = wish == "long"
    let step = isLong ? 1 : Int(wish) ?? Self.usualStep
    let trials = FaultTrials(
      plain, seeds: isLong ? 24 : 2, recoveryStride: isLong ? 11 : 251, recoveryStep: isLong ? 1 : 4)
    let shards = 8
    // Neighbours go together, since power cuts at them often leave the same.
    let width = (plain.calls.count + shards - 1) / shards
    let calls = { @Sendable (shard: Int) in
      stride(from: 1 + shard * width, through: min((shard + 1) * width, plain.calls.count), by: step)
    }
    let reports = try await withThrowingTaskGroup(of: FaultReport.self) { group in
      for shard in 0..<shards {
        group.addTask {
          try await trials.run(calls(shard))
        }
      }
      return try await group.reduce(into: FaultReport()) { $0.add($1) }
    }
    for problem in reports.problems.prefix(20) { Issue.record("\(problem)") }
    print(
      """
      \(plain.calls.count) calls to the disk in \(Journey.steps.count) steps; points tested: \(reports.points), of them \
      \(reports.faults) faults, \(reports.full) of a full disk, \(reports.cuts) power cuts that left \(reports.images) different disks, \(reports.recoveries) \
      faults and power cuts during recovery; \(reports.problems.count) problems
      """)
    #expect(reports.problems.isEmpty && reports.points > plain.calls.count * 3 / step)
  }
}

/// The journey without a fault: what the others are compared with.
struct PlainWalk: Sendable {
  let disk: FaultDisk
  /// The kind of each call, up to the end of the last step.
  let calls: [FaultDisk.Call]
  /// After opening, and after each step.
  let fingerprints: [Int]
  let acknowledged: [Int]

  init() async throws {
    let directory = try TemporaryDirectory()
    disk = FaultDisk(folder: directory.path)
    let walk = Walk(on: disk)
    try await walk.go()
    try #require(walk.isAtEnd)
    acknowledged = walk.acknowledged
    walk.close()
    calls = disk.calls
    // Once more, now also looking, which makes calls of its own.
    let other = FaultDisk(folder: directory.path)
    let looking = Walk(on: other)
    var fingerprints: [Int] = []
    var problems: [String] = []
    try await looking.go { walk in
      guard walk.done == fingerprints.count || fingerprints.isEmpty else { return }
      if let state = try? walk.state() {
        fingerprints.append(state.fingerprint)
        problems += state.problems
      } else {
        fingerprints.append(fingerprints.last ?? 0)
      }
    }
    try #require(problems == [])
    try #require(fingerprints.count == Journey.steps.count + 1)
    self.fingerprints = fingerprints
  }
}

struct FaultReport: Sendable {
  var faults = 0
  var full = 0
  var cuts = 0
  var images = 0
  var recoveries = 0
  var problems: [String] = []

  var points: Int { faults + full + cuts + recoveries }

  mutating func add(_ other: FaultReport) {
    faults += other.faults
    full += other.full
    cuts += other.cuts
    images += other.images
    recoveries += other.recoveries
    problems += other.problems
  }
}
