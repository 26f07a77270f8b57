import Dispatch
import Gateway
import Store
import Synchronization

/// Tells the service manager, twice in the time that it grants, that the gateway is alive: that its store still
/// writes. A store that hangs is silent; one that fails is alive, and told of elsewhere.
final class Heartbeat: @unchecked Sendable {
  private let manager: ServiceManager
  private let gateway: Gateway
  private let isUnderWay = Atomic(false)
  /// Safe to be used by any thread, which its type does not say.
  private let timer: any DispatchSourceTimer

  /// Nil when nobody watches.
  init?(_ gateway: Gateway, _ manager: ServiceManager) {
    guard let time = manager.watchdog else { return nil }
    (self.gateway, self.manager) = (gateway, manager)
    let timer = DispatchSource.makeTimerSource()
    self.timer = timer
    timer.schedule(deadline: .now(), repeating: time.inSeconds / 3)
    timer.setEventHandler { [weak self] in self?.beat() }
    timer.resume()
  }

  /// No beat comes any more.
  func stop() { timer.cancel() }

  private func beat() {
    guard !isUnderWay.exchange(true, ordering: .relaxed) else { return }
    gateway.pulse { [self] isAlive in
      if isAlive { manager.alive() }
      isUnderWay.store(false, ordering: .relaxed)
    }
  }
}
