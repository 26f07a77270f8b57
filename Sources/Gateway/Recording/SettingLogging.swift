import Audit
import Store
import Synchronization

/// Logs that the gateway runs with another configuration, other mappings or other keys than before. How it was is
/// remembered in the store, so that changes while it stood still are logged at its start; after that each of several
/// gateways on one store looks at its own only.
final class SettingLogging: Sendable {
  static let place = KeptEntry.Name(space: "audit", key: "settings")

  private let log: AuditLog
  private let store: any KeptStore
  private let system: String
  private let settings: @Sendable () -> [String: String]
  private let last = Mutex<[String: String]?>(nil)

  /// - Parameters:
  ///   - system: the gateway's own HSA-id.
  ///   - settings: what each setting is now, by its name: short fingerprints, never secrets. They have to fit into an
  ///     entry.
  init(
    _ log: AuditLog, _ store: any KeptStore, system: String,
    settings: @escaping @Sendable () -> [String: String]
  ) {
    (self.log, self.store, self.system, self.settings) = (log, store, system, settings)
  }

  /// Logs what is otherwise than the last time.
  ///
  /// - Parameter now: milliseconds since 1970, UTC.
  func note(now: Int64) async throws {
    let known = last.withLock { $0 }
    let kept = known == nil ? try store.kept(Self.place) : nil
    let (before, settings) = (known ?? Self.read(kept), settings())
    let changed = settings.filter { before[$0.key] != $0.value }.keys.sorted()
    let gone = before.keys.filter { settings[$0] == nil }.sorted()
    if !(changed + gone).isEmpty {
      let words = changed.map { "\($0) \(settings[$0] ?? "")" } + gone.map { "\($0) gone" }
      try await log.append([
        AuditEvent(
          time: now, action: .configure, system: system, purpose: "Administration", route: "settings",
          correlation: words.joined(separator: ", "))
      ])
      try await remember(settings)
    }
    last.withLock { $0 = settings }
  }

  /// Looks at an interval until its task is cancelled.
  func keepNoting(every interval: Duration, failing: @Sendable () -> Void) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      if Task.isCancelled { return }
      do { try await note(now: Timestamp.now()) } catch { failing() }
    }
  }

  /// When a crash comes before it, or another gateway, the same is logged once more.
  private func remember(_ settings: [String: String]) async throws {
    let lines = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let change = KeptChange(
      Self.place, expected: try store.kept(Self.place)?.revision,
      value: Array(lines.joined(separator: "\n").utf8))
    do {
      try await withCheckedThrowingContinuation { waiter in
        store.keep([change], with: nil) { waiter.resume(with: $0) }
      }
    } catch StoreError.stale {}
  }

  private static func read(_ kept: KeptEntry?) -> [String: String] {
    let lines = String(decoding: kept?.value ?? [], as: UTF8.self).split(separator: "\n")
    let pairs = lines.compactMap { line -> (String, String)? in
      line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
