/// The rows of what contributors told, as the one connection that writes changes them.
///
/// Most resources have none: a resource's own row says who told its last version, and when, and that is all
/// while nobody else tells it and nobody confirms it.
final class HubStatements {
  private let connection: any SQLConnection
  private let names: HubNames
  private let insert, delete, touch, tell, confirm: any SQLStatement

  init(_ connection: any SQLConnection, _ names: HubNames) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "writing what was told to the hub")
    }
    self.connection = connection
    self.names = names
    insert = try prepare(
      "INSERT INTO hub_statement (resource, contributor, time, message, content) VALUES (?, ?, ?, ?, ?)")
    delete = try prepare("DELETE FROM hub_statement WHERE resource = ?")
    touch = try prepare(
      """
      UPDATE hub_resource SET revision = revision + 1 WHERE number = ?1 AND (
        EXISTS (
          SELECT 1 FROM hub_statement WHERE resource = ?1 AND contributor = ?2 AND (time, message) < (?3, ?4))
        OR \(Self.isUntold))
      """)
    tell = try prepare(
      """
      INSERT INTO hub_statement (resource, contributor, time, message)
      SELECT number, contributor, ?3, ?4 FROM hub_resource WHERE number = ?1 AND \(Self.isUntold)
      """)
    confirm = try prepare(
      """
      UPDATE hub_statement SET time = ?3, message = ?4
      WHERE resource = ?1 AND contributor = ?2 AND (time, message) < (?3, ?4)
      """)
  }

  /// Adds what was told of a resource whose row says `put` already.
  func add(_ put: HubPut, to resource: Int64) throws(StoreError) {
    if put.isToldByOneAlone { return }
    for statement in put.statements {
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
    try run(touch, origin, resource)
    try run(confirm, origin, resource)
    // What changed is known at once only where no round trip has to be waited for.
    if !connection.dialect.isShared, try connection.changedRows() > 0 { return }
    try run(tell, origin, resource)
  }

  private func run(
    _ statement: any SQLStatement, _ origin: HubOrigin, _ resource: Int64
  ) throws(StoreError) {
    try statement.bind(resource, at: 1)
    try statement.bind(try names.number(of: origin.contributor), at: 2)
    try statement.bind(origin.time, at: 3)
    try statement.bind(origin.message, at: 4)
    try statement.run()
  }

  /// Of the row of resource ?1, which ?2 told at (?3, ?4) once more.
  private static let isUntold = """
    contributor = ?2 AND (time, message) < (?3, ?4)
    AND NOT EXISTS (SELECT 1 FROM hub_statement WHERE resource = ?1)
    """
}

extension HubPut {
  /// Whether the resource's own row tells all that was told.
  fileprivate var isToldByOneAlone: Bool {
    state != .withdrawn && statements == [HubStatement(told: origin)]
  }
}

extension HubStatement {
  /// What the only contributor of a version told: that which the resource says.
  init(told origin: HubOrigin) {
    self.init(contributor: origin.contributor, time: origin.time, message: origin.message, content: nil)
  }
}
