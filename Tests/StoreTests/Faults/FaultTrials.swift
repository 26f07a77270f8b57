import Foundation
import Store

/// Tries at each call what can go wrong there.
struct FaultTrials: Sendable {
  let plain: PlainWalk
  /// How many power cuts are drawn at each call.
  let seeds: Int
  /// Every which call is also followed by faults in the recovery from a power cut.
  let recoveryStride: Int

  /// At every which call of a recovery those faults are.
  let recoveryStep: Int

  init(_ plain: PlainWalk, seeds: Int, recoveryStride: Int, recoveryStep: Int) {
    self.plain = plain
    self.recoveryStep = recoveryStep
    self.seeds = seeds
    self.recoveryStride = recoveryStride
  }

  func run(_ calls: some Sequence<Int> & Sendable) async throws -> FaultReport {
    let directory = try TemporaryDirectory()
    var report = FaultReport()
    var known: Set<Int> = []
    for call in calls {
      try await fault(at: call, directory.path, &report)
      for seed in 0..<seeds { try await cut(at: call, seed: seed, directory.path, &known, &report) }
      if call % recoveryStride == 0 { try await recovery(at: call, directory.path, &report) }
    }
    return report
  }

  private func trial(
    _ name: String, _ report: inout FaultReport, _ body: (inout FaultReport) async throws -> Void
  ) async throws {
    do {
      try await body(&report)
    } catch let wrong as Journey.Wrong {
      report.problems.append("\(name): \(wrong.found)")
    } catch let error as StoreError {
      report.problems.append("\(name): \(error)")
    }
  }

  // MARK: faults

  private func fault(at call: Int, _ folder: String, _ report: inout FaultReport) async throws {
    var plans: [(String, FaultDisk.Plan)] = [
      ("call \(call) fails", .once(.error, at: call)),
      ("calls fail from \(call) on", .from(.error, on: call)),
    ]
    if plain.calls[call - 1] == .write {
      plans += [
        ("the disk is full at call \(call)", .once(.full, at: call)),
        ("the disk is full from call \(call) on", .from(.full, on: call)),
      ]
    }
    for (name, plan) in plans {
      try await trial(name, &report) { report in
        if plan.fault == .full { report.full += 1 } else { report.faults += 1 }
        try await fault(plan, folder, seed: UInt64(call))
      }
    }
  }

  private func fault(_ plan: FaultDisk.Plan, _ folder: String, seed: UInt64) async throws {
    let disk = FaultDisk(folder: folder)
    disk.fail(plan)
    let walk = Walk(on: disk)
    let isOnce = plan.calls.count == 1
    try await walk.go(tries: isOnce ? 4 : 2)
    // The closing store may be what meets it.
    if isOnce, walk.isAtEnd, disk.hitCount > 0 { try walk.check(plain.fingerprints, "the end") }
    let done = walk.done
    guard !isOnce || walk.isAtEnd else { throw Journey.Wrong(found: "it does not recover from step \(done)") }
    walk.close()
    guard disk.hitCount > 0 else { throw Journey.Wrong(found: "nothing failed") }
    disk.fail(nil)
    let files = PowerCut.files(of: disk, during: disk.callCount + 1, seed: seed)
    try await revive(FaultDisk(folder: folder, files: disk.contents), acknowledged: done, goesOn: false)
    try await revive(FaultDisk(folder: folder, files: files), acknowledged: done, goesOn: !isOnce)
  }

  // MARK: power cuts

  /// - Parameter known: what was left by cuts that were looked at; often nothing was unsynced.
  private func cut(
    at call: Int, seed: Int, _ folder: String, _ known: inout Set<Int>, _ report: inout FaultReport
  ) async throws {
    report.cuts += 1
    let disk = image(call, seed, folder)
    let acknowledged = acknowledged(before: call)
    var hasher = Hasher()
    hasher.combine(acknowledged)
    for (name, bytes) in disk.base.sorted(by: { $0.key < $1.key }) {
      hasher.combine(name)
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    guard known.insert(hasher.finalize()).inserted else { return }
    report.images += 1
    try await trial("power cut at call \(call), seed \(seed)", &report) { _ in
      try await revive(disk, acknowledged: acknowledged, goesOn: seed == 0)
    }
  }

  private func image(_ call: Int, _ seed: Int, _ folder: String) -> FaultDisk {
    let seed = UInt64(call) << 16 | UInt64(seed)
    return FaultDisk(folder: folder, files: PowerCut.files(of: plain.disk, during: call, seed: seed))
  }

  private func acknowledged(before call: Int) -> Int {
    max(0, plain.acknowledged.count { $0 < call } - 1)
  }

  /// Opens what is left, sees that it is whole, and goes on to the end.
  private func revive(
    _ disk: FaultDisk, acknowledged: Int, plan: FaultDisk.Plan? = nil, goesOn: Bool = true
  ) async throws {
    disk.fail(plan)
    let walk = Walk(on: disk, done: acknowledged)
    var isFound = false
    try await walk.go(tries: plan == nil ? 1 : 4) { walk in
      guard !isFound else { return }
      disk.fail(nil)
      try walk.find(among: plain.fingerprints, acknowledged: acknowledged)
      isFound = true
      if !goesOn { walk.leave() }
    }
    guard goesOn else { return }
    guard walk.isAtEnd else { throw Journey.Wrong(found: "after recovery it fails in step \(walk.done)") }
    try walk.check(plain.fingerprints, "the end after recovery")
  }

  // MARK: recovery

  private func recovery(at call: Int, _ folder: String, _ report: inout FaultReport) async throws {
    let acknowledged = acknowledged(before: call)
    let probe = image(call, 0, folder)
    let calls = try await openingCalls(probe)
    for second in stride(from: 1, through: calls, by: recoveryStep) {
      try await trial("fault at call \(second) of the recovery from a cut at \(call)", &report) { report in
        report.recoveries += 1
        try await revive(
          image(call, 0, folder), acknowledged: acknowledged,
          plan: .once(.error, at: second), goesOn: false)
      }
      try await trial("cut at call \(second) of the recovery from a cut at \(call)", &report) { report in
        report.recoveries += 1
        let files = PowerCut.files(of: probe, during: second, seed: UInt64(second))
        try await revive(
          FaultDisk(folder: folder, files: files), acknowledged: acknowledged, goesOn: false)
      }
    }
  }

  /// How many calls it takes to open what a power cut has left, and to close it.
  private func openingCalls(_ disk: FaultDisk) async throws -> Int {
    let walk = Walk(on: disk, done: Journey.steps.count)
    try await walk.go()
    walk.close()
    return disk.callCount
  }
}

extension Walk {
  func check(_ fingerprints: [Int], _ place: String) throws {
    let state = try state()
    guard state.problems.isEmpty else { throw Journey.Wrong(found: "\(place): \(state.problems)") }
    guard state.fingerprint == fingerprints.last else {
      throw Journey.Wrong(found: "\(place) is not that of the journey without faults")
    }
  }
}
