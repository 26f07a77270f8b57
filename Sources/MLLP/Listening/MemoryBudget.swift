/// The bytes that all messages together may take.
struct MemoryBudget {
  let limit: Int
  private var used = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Counts what the connection holds now; false, and counted all the same, when that is too much.
  mutating func count(_ connection: ServedConnection) -> Bool {
    let grows = connection.heldBytes > connection.countedBytes
    used += connection.heldBytes - connection.countedBytes
    connection.countedBytes = connection.heldBytes
    return !grows || used <= limit
  }

  /// Counts the connection no more.
  mutating func release(_ connection: ServedConnection) {
    used -= connection.countedBytes
    connection.countedBytes = 0
  }
}
