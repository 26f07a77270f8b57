import Dispatch
import Foundation
import Store
import Synchronization

/// Passes accesses on from time to time, on a thread of its own.
final class AccessForwarder: Sendable {
  private let forwarding: AccessForwarding
  private let every: Duration
  private let tell: @Sendable (GatewayEvent) -> Void
  private let isStopped = Atomic(false)
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// - Parameter every: how long an access may wait.
  init(_ forwarding: AccessForwarding, every: Duration, tell: @escaping @Sendable (GatewayEvent) -> Void) {
    (self.forwarding, self.every, self.tell) = (forwarding, every, tell)
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-forward"
    thread.start()
  }

  /// Ends after the step at hand. To be called once.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    wake.signal()
    done.wait()
  }

  private func run() {
    defer { done.signal() }
    repeat { look() } while sleep()
  }

  private func look() {
    var unfit = 0
    do {
      while !isStopped.load(ordering: .relaxed) {
        let step = try forwarding.step()
        unfit += step.unfit
        if step.isAtEnd { break }
      }
    } catch StoreError.stale {
      // Another gateway on the same store was faster.
    } catch {
      tell(.auditFailing(problem: "accesses could not be passed on; they are later"))
    }
    guard unfit > 0 else { return }
    tell(.auditFailing(problem: "\(unfit) accesses can't be passed on: they lack what the receiver demands"))
  }

  /// False when it is to end.
  private func sleep() -> Bool {
    _ = wake.wait(timeout: .now() + .milliseconds(Int(every.wholeMilliseconds)))
    return !isStopped.load(ordering: .relaxed)
  }
}
