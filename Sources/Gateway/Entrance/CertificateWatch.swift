import Cryptography
import Dispatch
import Foundation
import Synchronization

/// Looks again and again, on a thread of its own, whether the certificates' files have changed, and reads
/// them when they are still, or at once when asked.
final class CertificateWatch: Sendable {
  private struct Wishes {
    var isAsked = false
    var isStopped = false
  }

  private let credentials: RenewableCredentials
  private let interval: Duration
  private let quiet: Duration
  private let tell: @Sendable (EntranceReport) -> Void
  private let wishes = Mutex(Wishes())
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)
  /// As the files were before they were read for the first time.
  private let initial: [FolderWalk.File]

  init(
    _ files: TLSFiles, every interval: Duration, quiet: Duration,
    tell: @escaping @Sendable (EntranceReport) -> Void
  ) throws(TLSFault) {
    initial = Self.state(files)
    credentials = try RenewableCredentials(files)
    (self.interval, self.quiet, self.tell) = (interval, quiet, tell)
  }

  /// The certificates, for all doors.
  var certificates: RenewableCredentials { credentials }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-certificates"
    thread.start()
  }

  /// Reads them at once; returns before it is done.
  func ask() {
    wishes.withLock { $0.isAsked = true }
    wake.signal()
  }

  /// Ends after the reading at hand. To be called once.
  func stop() {
    wishes.withLock { $0.isStopped = true }
    wake.signal()
    _ = done.wait(timeout: .now() + 5)
  }

  private func run() {
    defer { done.signal() }
    var (stillness, read) = (Stillness<[FolderWalk.File]>(quiet: quiet), initial)
    let clock = ContinuousClock()
    let start = clock.now
    while let wish = next() {
      let state = Self.state(credentials.files)
      let isDue = stillness.isDue(state, at: clock.now - start) && state != read
      guard wish.isAsked || isDue else { continue }
      read = state
      renew()
    }
  }

  private func renew() {
    do throws(TLSFault) {
      try credentials.renew()
      tell(.certificatesRenewed(expires: credentials.current.expires))
    } catch {
      tell(.certificatesKept(error))
    }
  }

  private static func state(_ files: TLSFiles) -> [FolderWalk.File] {
    files.paths.map { FolderWalk.File(at: $0) }
  }

  /// Waits until it is time or somebody asks; nil when it is to end.
  private func next() -> Wishes? {
    let (seconds, attoseconds) = interval.components
    _ = wake.wait(timeout: .now() + Double(seconds) + Double(attoseconds) / 1e18)
    return wishes.withLock { wishes in
      defer { wishes.isAsked = false }
      return wishes.isStopped ? nil : wishes
    }
  }
}
