import Foundation
import Mapping
import Store
import Synchronization

/// Tells the engagement index on a thread of its own what recorded messages changed, and reconciles at night.
///
/// What is to be told stands in the store, marked with the messages that cause it, so nothing is lost with a
/// crash.
final class EngagementWorker: Sendable {
  private static let pauseAfterFault = 1.0
  private static let longestPause = 300.0
  private static let pageSize = 256
  /// How often it is looked whether it is night, or the mappings have changed.
  private static let look = 1.0
  /// Under which mappings all patients were looked at.
  private static let seen = KeptEntry.Name(space: "engagement-night", key: "mappings")

  private let index: EngagementIndex
  private let due: EngagementDue
  private let night: EngagementNight?
  private let isStopped = Atomic(false)
  private let bell: EngagementBell
  private let done = DispatchSemaphore(value: 0)

  init(_ index: EngagementIndex, _ night: EngagementNight?, _ bell: EngagementBell) {
    (self.index, self.night, self.bell) = (index, night, bell)
    due = EngagementDue(index: index)
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-engagement"
    thread.start()
  }

  /// Ends after the patients at hand. To be called once.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    bell.ring()
    _ = done.wait(timeout: .now() + 10)
  }

  // MARK: the thread

  private func run() {
    defer { done.signal() }
    var (nightPause, nightAt) = (Self.pauseAfterFault, 0 as Int64)
    while !isStopped.load(ordering: .relaxed) {
      var isBusy = false
      attempt {
        try lookAtAllOnce()
        isBusy = try due.step(limit: Self.pageSize)
      }
      // An index that does not answer keeps nobody from being told of news.
      if let night, Timestamp.ticks() >= nightAt, !isStopped.load(ordering: .relaxed) {
        do {
          if try night.step() { isBusy = true }
          nightPause = Self.pauseAfterFault
        } catch {
          tell(error)
          nightAt = Timestamp.ticks() + Int64(nightPause * 1000)
          nightPause = min(2 * nightPause, Self.longestPause)
        }
      }
      if !isBusy { bell.wait(seconds: Self.look) }
    }
  }

  /// All patients, when the mappings that imply posts are others than before: what they were told by is no
  /// longer so.
  private func lookAtAllOnce() throws {
    let versions = index.current.served.versions.each
    let wanted = Array(index.rules.implying.map { versions[$0] ?? "-" }.joined(separator: " ").utf8)
    let kept = try index.store.kept(Self.seen)
    guard kept?.value != wanted else { return }
    try lookAtAll()
    guard !isStopped.load(ordering: .relaxed) else { return }
    try index.store.keepAndWait([KeptChange(Self.seen, expected: kept?.revision, value: wanted)])
  }

  private func lookAtAll() throws {
    let types = index.rules.types
    var place = 0 as Int64
    while !isStopped.load(ordering: .relaxed) {
      let page = try index.store.materials(after: place, limit: Self.pageSize)
      let implying = page.filter { types.contains($0.resource.type) }
      try index.update(Set(implying.compactMap(\.resource.patient)))
      guard let last = page.last else { return }
      place = last.place
    }
  }

  /// Until it works: the store may be full, or somebody told of a patient meanwhile.
  private func attempt(_ work: () throws -> Void) {
    while !isStopped.load(ordering: .relaxed) {
      do {
        return try work()
      } catch StoreError.stale {
        continue
      } catch {
        tell(error)
        Thread.sleep(forTimeInterval: Self.pauseAfterFault)
      }
    }
  }

  private func tell(_ error: any Error) {
    let problem =
      switch error {
      case EngagementDocuments.Fault.noMapping(let name): "there is no mapping \(name)"
      case EngagementDocuments.Fault.refused(let codes): "a document can't be written or read: \(codes)"
      case let fault as EngagementAsking.Fault: fault.problem
      case let error as StoreError: "\(error)"
      default: "what is kept of it can't be read"
      }
    index.tell(.failing(problem: problem))
  }
}
