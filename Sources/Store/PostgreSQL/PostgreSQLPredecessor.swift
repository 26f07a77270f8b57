import Foundation

/// The gateway that ran in this place before. Nobody else has the lock beside the file, so it is dead, and what
/// it had taken need not wait for its lease.
struct PostgreSQLPredecessor: Sendable {
  private let file: String
  private let lock: StoreLock

  /// Takes the lock for as long as this value lives. Throws ``StoreError/inUse(path:)`` and
  /// ``StoreError/cannotOpen(path:reason:)``.
  init(_ file: String) throws(StoreError) {
    self.file = file
    lock = try StoreLock(besides: file)
  }

  /// Frees what the predecessor had taken, and lets the successor know this one; to be called before it takes
  /// anything.
  func makeWay(for gateway: PostgreSQLGateway, on connection: PostgreSQLConnection) throws(StoreError) {
    if let (number, name) = known {
      try connection.asking("starting") { connection throws(PostgreSQLFailure) in
        let call = PostgreSQLCall(
          "SELECT bury_gateway(number, true) FROM gateway WHERE number = $1 AND name = $2", .integer(number),
          .text(name))
        _ = try connection.run(PostgreSQLWriterLock.transaction([call]))
      }
    }
    do {
      try Data("\(gateway.number) \(gateway.name)".utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw .cannotOpen(path: file, reason: "it can't be written")
    }
  }

  /// Its number, and its name, by which it is told from one of that number in another database.
  var known: (number: Int64, name: String)? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8),
      let space = text.firstIndex(of: " "), let number = Int64(text[..<space])
    else { return nil }
    return (number, String(text[text.index(after: space)...]))
  }
}
