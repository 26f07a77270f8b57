import Dispatch
import Foundation
import Synchronization

/// Looks again and again, on a thread of its own, at what lies in the mappings' folder, and loads it when it
/// has changed and is still, or at once when asked.
///
/// It compares paths, sizes and times instead of waiting for the kernel to tell: that works on network mounts
/// and through symbolic links, and whichever way an editor writes.
final class FolderWatch: Sendable {
  private struct Wishes {
    var isAsked = false
    var isStopped = false
  }

  private let reload: MappingReload
  private let interval: Duration
  private let quiet: Duration
  private let wishes = Mutex(Wishes())
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  init(_ reload: MappingReload, every interval: Duration, quiet: Duration) {
    self.reload = reload
    self.interval = interval
    self.quiet = quiet
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-mappings"
    thread.start()
  }

  /// Loads at once; returns before it is done.
  func ask() {
    wishes.withLock { $0.isAsked = true }
    wake.signal()
  }

  /// Ends after the loading at hand; a mount that hangs does not keep the program from ending. To be called
  /// once.
  func stop() {
    wishes.withLock { $0.isStopped = true }
    wake.signal()
    _ = done.wait(timeout: .now() + 5)
  }

  private func run() {
    defer { done.signal() }
    var stillness = Stillness<[FolderWalk.File]?>(quiet: quiet)
    let clock = ContinuousClock()
    let start = clock.now
    while let wish = next() {
      if wish.isAsked {
        reload.loadNow()
        stillness.forget()  // a file may have been half written
      } else if stillness.isDue(reload.state, at: clock.now - start), !reload.loadIfStill() {
        stillness.forget()
      }
    }
  }

  /// Waits until it is time or somebody asks; `nil` when it is to end.
  private func next() -> Wishes? {
    _ = wake.wait(timeout: .now() + interval.timeInterval)
    return wishes.withLock { wishes in
      defer { wishes.isAsked = false }
      return wishes.isStopped ? nil : wishes
    }
  }
}

extension Duration {
  fileprivate var timeInterval: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
