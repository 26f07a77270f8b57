import Foundation
import Store

/// The same messages through a store in SQLite and one in PostgreSQL, in turns: accepted, recorded with one
/// delivery, sent at once and reported, each step durable.
enum PostgreSQLBench {
  private static let messages = 20_000

  /// - Parameters:
  ///   - folder: an empty folder on the disk that is measured.
  ///   - connection: to an empty database on the same disk, as libpq reads it.
  static func run(in folder: String, _ connection: String) throws {
    let small = try SQLiteMessageStore(path: folder + "/sluss.sqlite")
    let large = try PostgreSQLMessageStore(PostgreSQLConfiguration(connection: connection))
    let counter = Counter()
    var best = (small: 0.0, large: 0.0, accepted: 0.0)
    for _ in 0..<5 {
      best.small = max(best.small, try OutboxRun(store: small, counter: counter).deliver(messages))
      best.large = max(best.large, try OutboxRun(store: large, counter: counter).deliver(messages))
      best.accepted = max(best.accepted, OutboxRun(store: large, counter: counter).accept(messages))
    }
    Rate.report("postgresql.sqlite", best.small)
    Rate.report("postgresql.delivered", best.large)
    Rate.report("postgresql.accepted", best.accepted)
    small.close()
    large.close()
  }
}
