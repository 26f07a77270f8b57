import Foundation

/// How long the server has been away, and how long to wait before asking it again.
struct PostgreSQLOutage {
  private let patience: Double
  private var since: Double?
  private var attempts = 0

  init(patience: Double) {
    self.patience = patience
  }

  /// The server answers.
  mutating func end() {
    since = nil
    attempts = 0
  }

  /// Waits a little, longer each time; false when the outage has lasted for too long.
  mutating func wait() -> Bool {
    let now = ProcessInfo.processInfo.systemUptime
    let start = since ?? now
    since = start
    guard now - start < patience else { return false }
    attempts += 1
    Thread.sleep(forTimeInterval: min(1, 0.02 * Double(1 << min(attempts, 6))))
    return true
  }
}
