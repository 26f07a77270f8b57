/// The head of each lane and those behind it, as the writer changes them.
///
/// A lane has a row only while something waits in it. A delivery that stepped aside has a row of its own.
final class Lanes {
  private let connection: Connection
  private let open, queue, head, follower, advance, unqueue, close, setDue, setQueuedDue: Statement

  init(_ connection: Connection) throws(StoreError) {
    self.connection = connection
    func prepare(_ sql: String) throws(StoreError) -> Statement {
      try connection.prepare(sql, doing: "changing a lane")
    }
    open = try prepare(
      "INSERT INTO lane (target, name, aside, head, due) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    queue = try prepare("INSERT INTO behind (target, lane, number, due) VALUES (?, ?, ?, ?)")
    head = try prepare("SELECT head, due FROM lane WHERE target = ? AND name = ? AND aside = 0")
    follower = try prepare(
      "SELECT number, due FROM behind WHERE target = ? AND lane = ? ORDER BY number LIMIT 1")
    advance = try prepare(
      "UPDATE lane SET head = ?4, due = ?5 WHERE target = ?1 AND name = ?2 AND aside = 0 AND head = ?3")
    unqueue = try prepare("DELETE FROM behind WHERE target = ? AND lane = ? AND number = ?")
    close = try prepare("DELETE FROM lane WHERE target = ? AND name = ? AND aside = ? AND head = ?")
    setDue = try prepare(
      "UPDATE lane SET due = ?4 WHERE target = ?1 AND name = ?2 AND aside IN (0, ?3) AND head = ?3")
    setQueuedDue = try prepare("UPDATE behind SET due = ?4 WHERE target = ?1 AND lane = ?2 AND number = ?3")
  }

  /// Adds one that is newer than all others of its lane; without due it holds the lane when its turn comes.
  func append(_ number: Int64, to lane: Lane, due: Int64?) throws(StoreError) {
    if try run(open, lane, 0, number, due) { return }
    try run(queue, lane, number, due)
  }

  /// Puts one in at the place that its number gives it.
  func insert(_ number: Int64, into lane: Lane, due: Int64) throws(StoreError) {
    if try run(open, lane, 0, number, due) { return }
    if let first = try row(head, lane), number < first.number {
      try run(queue, lane, first.number, first.due)
      try run(advance, lane, first.number, number, due)
    } else {
      try run(queue, lane, number, due)
    }
  }

  /// Takes one out, from wherever it stands, and lets the next one go on.
  func remove(_ number: Int64, from lane: Lane) throws(StoreError) {
    if let next = try row(follower, lane) {
      if try run(advance, lane, number, next.number, next.due) {
        try run(unqueue, lane, next.number)
        return
      }
      if try run(unqueue, lane, number) { return }
    } else if try run(close, lane, 0, number) {
      return
    }
    try removeAside(number, from: lane)
  }

  /// Changes when one is due, wherever it stands; nil holds the lane. False when it stands nowhere.
  @discardableResult
  func set(due: Int64?, for number: Int64, in lane: Lane) throws(StoreError) -> Bool {
    if try run(setDue, lane, number, due) { return true }
    return try run(setQueuedDue, lane, number, due)
  }

  /// Lets one go on by itself, and its lane with the next.
  func stepAside(_ number: Int64, from lane: Lane, due: Int64) throws(StoreError) {
    try remove(number, from: lane)
    try run(open, lane, number, number, due)
  }

  /// False when it had not stepped aside.
  @discardableResult
  func removeAside(_ number: Int64, from lane: Lane) throws(StoreError) -> Bool {
    try run(close, lane, number, number)
  }

  private func row(_ statement: Statement, _ lane: Lane) throws(StoreError) -> (number: Int64, due: Int64?)? {
    defer { statement.reset() }
    try bind(lane, to: statement)
    guard try statement.step() else { return nil }
    return (statement.integer(0), statement.optionalInteger(1))
  }

  /// Whether a row was changed.
  @discardableResult
  private func run(_ statement: Statement, _ lane: Lane, _ values: Int64?...) throws(StoreError) -> Bool {
    try bind(lane, to: statement)
    for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 3)) }
    try statement.run()
    return connection.changes > 0
  }

  private func bind(_ lane: Lane, to statement: Statement) throws(StoreError) {
    try statement.bind(lane.target, at: 1)
    try statement.bind(lane.name, at: 2)
  }
}
