/// The rows of what contributors told, as the one connection that writes changes them.
final class HubStatements {
  private let names: HubNames
  private let insert, delete, touch, confirm: any SQLStatement

  init(_ connection: any SQLConnection, _ names: HubNames) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "writing what was told to the hub")
    }
    self.names = names
    insert = try prepare(
      "INSERT INTO hub_statement (resource, contributor, time, message, content) VALUES (?, ?, ?, ?, ?)")
    delete = try prepare("DELETE FROM hub_statement WHERE resource = ?")
    touch = try prepare(
      """
      UPDATE hub_resource SET revision = revision + 1 WHERE number = ?1 AND EXISTS (
        SELECT 1 FROM hub_statement WHERE resource = ?1 AND contributor = ?2 AND (time, message) < (?3, ?4))
      """)
    confirm = try prepare(
      """
      UPDATE hub_statement SET time = ?3, message = ?4
      WHERE resource = ?1 AND contributor = ?2 AND (time, message) < (?3, ?4)
      """)
  }

  func add(_ told: [HubStatement], to resource: Int64) throws(StoreError) {
    for statement in told {
      try insert.bind(resource, at: 1)
      try insert.bind(try names.number(of: statement.contributor), at: 2)
      try insert.bind(statement.time, at: 3)
      try insert.bind(statement.message, at: 4)
      try insert.bind(statement.content, at: 5)
      try insert.run()
    }
  }

  func remove(from resource: Int64) throws(StoreError) {
    try delete.bind(resource, at: 1)
    try delete.run()
  }

  /// Changes nothing when a later telling is known already.
  func confirm(_ origin: HubOrigin, of resource: Int64) throws(StoreError) {
    let contributor = try names.number(of: origin.contributor)
    for statement in [touch, confirm] {
      try statement.bind(resource, at: 1)
      try statement.bind(contributor, at: 2)
      try statement.bind(origin.time, at: 3)
      try statement.bind(origin.message, at: 4)
      try statement.run()
    }
  }
}
