extension PostgreSQLMessageStore {
  /// What all gateways on the database must have alike: the first one's value is kept.
  /// - Parameter value: says nothing of a secret.
  /// - Throws: ``StoreError/disagreement(name:)`` when others have another value, and what the server says.
  public func agree(on name: String, _ value: String) throws(StoreError) {
    let kept = try messages.use { reader throws(StoreError) in
      try reader.ask("comparing settings") { connection throws(PostgreSQLFailure) in
        let calls = [
          PostgreSQLCall(
            "INSERT INTO agreement (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", .text(name),
            .text(value)),
          PostgreSQLCall("SELECT value FROM agreement WHERE name = $1", .text(name)),
        ]
        return try connection.run(PostgreSQLWriterLock.transaction(calls))[3].text(0, 0)
      }
    }
    guard kept == value else { throw .disagreement(name: name) }
  }
}
