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

extension PostgreSQLMessageStore {
  /// Lets the other gateways on the database know what this one has, which may differ for a while.
  /// - Returns: what each of the others has that lives and has told, by their names.
  public func tellOthers(_ name: String, _ value: String) throws(StoreError) -> [String: String] {
    try messages.use { reader throws(StoreError) in
      try reader.ask("comparing settings") { connection throws(PostgreSQLFailure) in
        let calls = [
          PostgreSQLCall(Self.forgetSQL, .text(name)),
          PostgreSQLCall(Self.tellSQL, .text(name), .text(gateway.name), .text(value)),
          PostgreSQLCall(Self.othersSQL, .text(name), .text(gateway.name)),
        ]
        let rows = try connection.run(PostgreSQLWriterLock.transaction(calls))[4]
        return Dictionary(rows.indices.map { (rows.text($0, 0), rows.text($0, 1)) }) { first, _ in first }
      }
    }
  }

  private static let forgetSQL = """
    DELETE FROM agreement WHERE starts_with(name, $1::text || ' of ')
      AND NOT EXISTS (SELECT FROM gateway WHERE agreement.name = $1::text || ' of ' || gateway.name)
    """
  private static let tellSQL = """
    INSERT INTO agreement (name, value) VALUES ($1::text || ' of ' || $2::text, $3)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """
  private static let othersSQL = """
    SELECT gateway.name, value FROM gateway JOIN agreement ON agreement.name = $1::text || ' of ' || gateway.name
    WHERE gateway.name <> $2 AND lease_until > clock_timestamp()
    """
}
