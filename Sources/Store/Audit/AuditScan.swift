/// The audit log as it is at one moment, however long it is looked at. It ends when it is let go.
public final class AuditScan: AuditAsking {
  /// The connection; of use to the store only.
  public let auditing: AuditConnection
  /// The number of entries that were ever appended.
  public let size: Int
  private static let mostTries = 20

  private init(_ connection: any SQLConnection) throws(StoreError) {
    let dialect = connection.dialect
    for sql in [dialect.longReads, dialect.beginReads].compactMap(\.self) {
      try connection.statement(sql, doing: "reading the audit log").run()
    }
    auditing = try AuditConnection(connection)
    size = try auditing.reader.use { reader throws(StoreError) in try reader.size() }
  }

  /// Scans of one moment. Every change of entries, tiles and keys appends an entry, so scans that find as many
  /// entries find the same.
  static func together(
    _ most: Int, _ connect: () throws(StoreError) -> any SQLConnection
  ) throws(StoreError) -> [AuditScan] {
    var scans: [AuditScan] = []
    for _ in 0..<mostTries {
      scans = []
      for _ in 0..<max(1, most) { scans.append(try AuditScan(connect())) }
      if scans.allSatisfy({ $0.size == scans[0].size }) { return scans }
    }
    return [scans[0]]
  }
}
