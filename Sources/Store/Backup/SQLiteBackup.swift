import Foundation

extension SQLiteMessageStore {
  /// Copies everything that is committed into a file of its own, while the gateway goes on. The file is there
  /// only once it is whole: on disk, and with nothing that SQLite's `integrity_check` finds wrong.
  ///
  /// Writing goes on meanwhile; the write-ahead log can't be emptied and grows.
  /// - Parameter path: a new file; one that is there is replaced.
  /// - Returns: its bytes.
  /// - Throws: ``StoreError/cannotOpen(path:reason:)`` or ``StoreError/failed(doing:code:)``; then a file that
  ///   was there before is as it was.
  public func backUp(to path: String) throws(StoreError) -> Int {
    let part = path + ".part"
    Self.remove(part)
    do throws(StoreError) {
      let file = try DurableFile(making: part)
      try copy(to: part)
      try file.sync()
      guard rename(part, path) == 0 else { throw DurableFile.problem(path) }
      try DurableFile(folderOf: path).sync()
      return try file.size()
    } catch {
      Self.remove(part)
      throw error
    }
  }

  /// The copy is one file, not in WAL mode: nothing is left beside it that belongs to it.
  private func copy(to part: String) throws(StoreError) {
    try Connection.reading(path: path).copy(to: try Connection(path: part, mode: .writing))
    let copy = try Connection(path: part, mode: .writing)
    try copy.execute("PRAGMA journal_mode = DELETE", doing: "backing up")
    let check = try copy.prepare("PRAGMA integrity_check", doing: "checking the backup")
    defer { check.reset() }
    guard try check.step(), check.text(0) == "ok" else {
      throw .failed(doing: "checking the backup", code: AuditReader.corrupt)
    }
  }

  private static func remove(_ part: String) {
    for file in ["", "-journal", "-wal", "-shm"] { unlink(part + file) }
  }
}
