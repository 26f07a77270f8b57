import Foundation
import Store
import Synchronization

/// Tells the engagement index on a thread of its own what recorded messages changed.
///
/// What it has not done when the gateway stops, or crashes, is found at its start: it looks at all patients once.
final class EngagementWorker: Sendable {
  private static let pauseAfterFault = 1.0
  private static let pageSize = 256

  private let index: EngagementIndex
  private let messages = Mutex<[String]>([])
  private let isStopped = Atomic(false)
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  init(_ index: EngagementIndex) {
    self.index = index
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-engagement"
    thread.start()
  }

  /// Takes messages that are recorded. May be called on a thread of the store.
  func add(_ ids: [String]) {
    messages.withLock { $0 += ids }
    wake.signal()
  }

  /// Ends after the patients at hand.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    wake.signal()
    done.wait()
  }

  private func run() {
    attempt(lookAtAll)
    while !isStopped.load(ordering: .relaxed) {
      let ids = messages.withLock { waiting in
        let ids = Array(waiting.prefix(Self.pageSize))
        waiting.removeFirst(ids.count)
        return ids
      }
      if ids.isEmpty {
        wake.wait()
      } else {
        attempt { try index.update(try index.patients(ofMessages: ids)) }
      }
    }
    done.signal()
  }

  private func lookAtAll() throws {
    var place = 0 as Int64
    while !isStopped.load(ordering: .relaxed) {
      let page = try index.store.materials(after: place, limit: Self.pageSize)
      let visits = page.filter { $0.resource.type == index.rules.type }
      try index.update(Set(visits.compactMap(\.resource.patient)))
      guard let last = page.last else { return }
      place = last.place
    }
  }

  /// Until it works: the store may be full, or somebody told of a patient meanwhile.
  private func attempt(_ work: () throws -> Void) {
    while !isStopped.load(ordering: .relaxed) {
      do { return try work() } catch { Thread.sleep(forTimeInterval: Self.pauseAfterFault) }
    }
  }
}
