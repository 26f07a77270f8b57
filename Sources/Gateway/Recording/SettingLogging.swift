import Audit
import Store

/// Logs that the gateway runs with another configuration, other mappings or other keys than before. How it was is
/// remembered in the store, so that changes while it stood still are logged at its start.
struct SettingLogging: Sendable {
  static let place = KeptEntry.Name(space: "audit", key: "settings")

  let log: AuditLog
  let store: any KeptStore
  /// The gateway's own HSA-id.
  let system: String
  /// What each setting is now, by its name: short fingerprints, never secrets. The lines have to fit into an entry.
  let settings: @Sendable () -> [String: String]

  /// Logs what is otherwise than the last time.
  ///
  /// - Parameter now: milliseconds since 1970, UTC.
  func note(now: Int64) async throws {
    let kept = try store.kept(Self.place)
    let before = Self.read(kept)
    let settings = settings()
    let changed = settings.filter { before[$0.key] != $0.value }.keys.sorted()
    let gone = before.keys.filter { settings[$0] == nil }.sorted()
    guard !(changed + gone).isEmpty else { return }
    let words = changed.map { "\($0) \(settings[$0] ?? "")" } + gone.map { "\($0) gone" }
    try await log.append([
      AuditEvent(
        time: now, action: .configure, system: system, purpose: "Administration", route: "settings",
        correlation: words.joined(separator: ", "))
    ])
    try await remember(settings, kept)
  }

  /// Looks at an interval until its task is cancelled.
  func keepNoting(every interval: Duration, failing: @Sendable () -> Void) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      if Task.isCancelled { return }
      do { try await note(now: Timestamp.now()) } catch { failing() }
    }
  }

  /// When a crash comes before it, the same is logged once more.
  private func remember(_ settings: [String: String], _ kept: KeptEntry?) async throws {
    let lines = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let change = KeptChange(
      Self.place, expected: kept?.revision, value: Array(lines.joined(separator: "\n").utf8))
    try await withCheckedThrowingContinuation { waiter in
      store.keep([change], with: nil) { waiter.resume(with: $0) }
    }
  }

  private static func read(_ kept: KeptEntry?) -> [String: String] {
    let lines = String(decoding: kept?.value ?? [], as: UTF8.self).split(separator: "\n")
    let pairs = lines.compactMap { line -> (String, String)? in
      line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
