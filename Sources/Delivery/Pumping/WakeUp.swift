import Foundation

/// Wakes one waiting thread; being woken several times before it looks counts once.
final class WakeUp: @unchecked Sendable {
  private let condition = NSCondition()
  private var isWanted = false

  func signal() {
    condition.lock()
    isWanted = true
    condition.signal()
    condition.unlock()
  }

  /// Returns when somebody has signalled, or after so many milliseconds.
  func wait(milliseconds: Int64) {
    let limit = Date(timeIntervalSinceNow: Double(milliseconds) / 1000)
    condition.lock()
    while !isWanted, condition.wait(until: limit) {}
    isWanted = false
    condition.unlock()
  }
}
