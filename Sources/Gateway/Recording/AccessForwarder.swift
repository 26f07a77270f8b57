import Store

/// Passes accesses on from time to time, on a thread of its own.
final class AccessForwarder: Sendable {
  private let forwarding: AccessForwarding
  private let tell: @Sendable (GatewayEvent) -> Void
  private let rounds: Rounds

  /// - Parameter every: how long an access may wait.
  init(_ forwarding: AccessForwarding, every: Duration, tell: @escaping @Sendable (GatewayEvent) -> Void) {
    (self.forwarding, self.tell) = (forwarding, tell)
    rounds = Rounds("sluss-forward", every: every)
  }

  func start() {
    rounds.ask()
    rounds.start { { [self] _ in look() } }
  }

  /// Ends after the step at hand. To be called once.
  func stop() { rounds.stop() }

  private func look() {
    var unfit = 0
    do {
      while !rounds.isStopped {
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
}
