import Foundation
import Store

/// The night's reconciliation, a few patients at a time: begins when its time has come, and goes on where it
/// stood after a stop, however long that was.
struct EngagementNight: Sendable {
  /// How far it has come.
  private struct Progress: Codable {
    /// The night that it is, in milliseconds since 1970, UTC.
    var night: Int64
    /// The last patient that it went through.
    var key = ""
    var patients = 0
    var updates = 0
    var isDone = false
  }

  private static let name = KeptEntry.Name(space: "engagement-night", key: "progress")
  private static let pageSize = 16

  let reconciliation: EngagementReconciliation
  let time: DailyTime

  /// Goes through a few patients, if it is time.
  /// - Returns: whether there is more to do.
  func step() throws -> Bool {
    let store = reconciliation.index.store
    let night = time.last(at: reconciliation.index.now())
    let kept = try store.kept(Self.name)
    var progress = try kept.map { try JSONDecoder().decode(Progress.self, from: Data($0.value)) }
    if progress == nil || progress?.night ?? 0 < night { progress = Progress(night: night) }
    guard var progress, !progress.isDone else { return false }
    let page = try reconciliation.page(after: progress.key, limit: Self.pageSize)
    progress.patients += page.patients
    progress.updates += page.updates
    progress.key = page.next ?? ""
    progress.isDone = page.next == nil
    try store.keepAndWait([
      KeptChange(Self.name, expected: kept?.revision, value: Array(try JSONEncoder().encode(progress)))
    ])
    if progress.isDone {
      reconciliation.index.tell(.reconciled(patients: progress.patients, updates: progress.updates))
    }
    return !progress.isDone
  }
}
