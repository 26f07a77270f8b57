import Synchronization

/// Whether the tables are still those of this program, for those who read on connections that stay open. The gateway's
/// sign of life looks for all of them: who was overtaken had shown none for a while.
final class PostgreSQLSchemaWatch: Sendable {
  private let refusal = Mutex<StoreError?>(nil)

  /// Looks at the version anew. Throws ``StoreError/newerSchema(found:known:)``, and what the server says.
  func look(on connection: PostgreSQLConnection) throws(PostgreSQLFailure) {
    do throws(PostgreSQLFailure) { try PostgreSQLSchema.check(connection) } catch {
      if case .unusable(let refusal) = error { self.refusal.withLock { $0 = refusal } }
      throw error
    }
    refusal.withLock { $0 = nil }
  }

  /// Throws what was seen the last time, if that was another version.
  func check() throws(PostgreSQLFailure) {
    if let refusal = refusal.withLock({ $0 }) { throw .unusable(refusal) }
  }
}
