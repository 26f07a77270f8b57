import Store
import Synchronization
import TestRig
import Testing

/// Signals as they come.
final class Heard: Sendable {
  private let signals = Mutex<Set<StoreSignal>>([])

  @Sendable func add(_ signal: StoreSignal) {
    signals.withLock { _ = $0.insert(signal) }
  }

  func forget() {
    signals.withLock { $0 = [] }
  }

  func waitFor(_ signal: StoreSignal) async {
    let isHeard = await comesTrue { signals.withLock { $0.contains(signal) } }
    #expect(isHeard, "\(signal) was never heard")
  }
}
