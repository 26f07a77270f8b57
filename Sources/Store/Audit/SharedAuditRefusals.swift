/// The ids of destroyed keys where several gateways share the log: one of them may still have an entry under
/// way that would bring a key back that another has destroyed.
final class SharedAuditRefusals {
  private let find, add, addOfPatient: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "writing the audit log")
    }
    find = try prepare("SELECT 1 FROM audit_refused WHERE id = ?")
    add = try prepare("INSERT INTO audit_refused (id) VALUES (?) ON CONFLICT DO NOTHING")
    addOfPatient = try prepare(
      "INSERT INTO audit_refused (id) SELECT id FROM audit_key WHERE pseudonym = ? ON CONFLICT DO NOTHING")
  }

  /// ``contains(_:)`` will be asked for.
  func foresee(_ id: [UInt8]) throws(StoreError) {
    try find.bind(id, at: 1)
    try find.foresee()
  }

  func contains(_ id: [UInt8]) throws(StoreError) -> Bool {
    defer { find.reset() }
    try find.bind(id, at: 1)
    return try find.step()
  }

  /// Refuses these, and all keys that the patient has; to be called before they are destroyed.
  func add(_ ids: [[UInt8]], ofPatient pseudonym: [UInt8]) throws(StoreError) {
    try addOfPatient.bind(pseudonym, at: 1)
    try addOfPatient.run()
    for id in ids {
      try add.bind(id, at: 1)
      try add.run()
    }
  }
}
