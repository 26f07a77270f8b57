import Synchronization

/// Who of the gateways on a database translates.
extension PostgreSQLMessageStore {
  /// Whether this gateway translates for all; see ``MessageStore/leadsTranslation()``. It does from now on when the one
  /// that did is dead, or lives and gets no further: ``PostgreSQLConfiguration/progressWithin``.
  public func leadsTranslation() throws(StoreError) -> Bool {
    try messages.use { reader throws(StoreError) in
      try reader.ask("asking who translates") { connection throws(PostgreSQLFailure) in
        let rows = try connection.run(gateway.translator)
        guard rows.count > 0, rows.flag(0, 0) || rows.flag(0, 1) else {
          return try connection.run(PostgreSQLWriterLock.transaction([gateway.leadTranslation]))[2].flag(0, 0)
        }
        return rows.flag(0, 0) ? true : try replacesStuck(on: connection)
      }
    }
  }

  /// How often this gateway took translating over from one that lives.
  public var takeovers: Int { watching.withLock { $0.takeovers } }

  private func replacesStuck(on connection: PostgreSQLConnection) throws(PostgreSQLFailure) -> Bool {
    let rows = try connection.run(gateway.progress)
    guard rows.count > 0 else { return false }
    let (leader, oldest) = (rows.integer(0, 0), rows.optionalInteger(0, 1))
    let isStuck = watching.withLock {
      $0.watch.isStuck(leader, oldest, at: .now, patience: gateway.progressWithin)
    }
    guard isStuck, let oldest else { return false }
    let call = gateway.replaceTranslator(leader, whileFirst: oldest)
    guard try connection.run(PostgreSQLWriterLock.transaction([call]))[2].count > 0 else { return false }
    watching.withLock {
      $0.watch.tookOver(at: oldest)
      $0.takeovers += 1
    }
    return true
  }
}
