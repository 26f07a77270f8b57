/// The rows that find resources, as the one connection that writes changes them.
///
/// What a batch adds is gathered and written in the order of the keys: keys are hashes, and one after another as
/// they come each would be looked for in another part of the index.
final class HubEntries {
  private struct Entry {
    let key: HubKey
    let type, start, number, finish: Int64
  }

  private let insert, delete: any SQLStatement
  /// What is to be written yet.
  private var added: [Entry] = []

  init(_ connection: any SQLConnection) throws(StoreError) {
    insert = try connection.statement(
      "INSERT INTO hub_search (key, type, start, number, finish) VALUES (?, ?, ?, ?, ?)",
      doing: "writing the hub's index")
    delete = try connection.statement(
      "DELETE FROM hub_search WHERE key = ? AND type = ? AND start = ? AND number = ?",
      doing: "writing the hub's index")
  }

  /// Lets a resource be found; the row is there once ``write()`` is called.
  func add(_ doors: [HubKey], to number: Int64, type: Int64, start: Int64, finish: Int64) {
    for door in doors {
      added.append(Entry(key: door, type: type, start: start, number: number, finish: finish))
    }
  }

  /// Lets a resource no longer be found by these.
  func remove(_ doors: [HubKey], from number: Int64, type: Int64, start: Int64) throws(StoreError) {
    try write()
    for door in doors {
      try delete.bind(door.bytes, at: 1)
      try delete.bind(type, at: 2)
      try delete.bind(start, at: 3)
      try delete.bind(number, at: 4)
      try delete.run()
    }
  }

  /// To be called before the rows are read, and before the batch ends.
  func write() throws(StoreError) {
    if added.isEmpty { return }
    added.sort { ($0.key, $0.type, $0.start, $0.number) < ($1.key, $1.type, $1.start, $1.number) }
    for entry in added {
      try insert.bind(entry.key.bytes, at: 1)
      try insert.bind(entry.type, at: 2)
      try insert.bind(entry.start, at: 3)
      try insert.bind(entry.number, at: 4)
      try insert.bind(entry.finish, at: 5)
      try insert.run()
    }
    added.removeAll(keepingCapacity: true)
  }

  /// What a batch added that was undone.
  func forget() {
    added.removeAll(keepingCapacity: true)
  }
}
