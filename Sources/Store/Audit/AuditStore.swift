/// Keeps the audit log. Entries that belong to a message come in with it; see ``NewMessage/audit``,
/// ``TranslationRecord/audit`` and ``DeliveryReport/audit``.
///
/// All functions may be called from any thread, and see the last commit.
public protocol AuditStore: AuditReading {
  /// Makes a change by itself; the completion gets the size of the log after it, once it is on disk.
  ///
  /// Failures: ``StoreError/staleAuditKey``, ``StoreError/overloaded``, ``StoreError/closed`` or
  /// ``StoreError/failed(doing:code:)``; after each of them nothing is changed.
  func change(_ change: AuditChange, completion: @escaping @Sendable (Result<Int, StoreError>) -> Void)

  /// Looks at the whole log as it is at one moment, each with a connection of its own, for checking it on several
  /// threads; fewer where others write so fast that no moment can be held.
  ///
  /// - Parameter most: at least 1.
  func auditScans(_ most: Int) throws(StoreError) -> [AuditScan]
}

/// Where a tile stands.
public struct AuditTilePlace: Sendable, Hashable {
  /// From 0, whose hashes are those of entries.
  public let level: Int
  /// From 0 on its level.
  public let number: Int

  /// The place of a tile.
  public init(level: Int, number: Int) {
    self.level = level
    self.number = number
  }
}
