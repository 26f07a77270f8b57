import Booking
import Foundation
import Store
import TestRig

/// A ledger in a store of its own, and simulated systems.
final class BookingTrial {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "booking-\(UUID().uuidString)")
  private let schema = "s" + UUID().uuidString.replacing("-", with: "").lowercased()
  private let isOnPostgreSQL: Bool
  private var store: any WholeStore
  private(set) var ledger: BookingLedger
  let systems = SimulatedSystems()

  init(onPostgreSQL: Bool = false) throws {
    isOnPostgreSQL = onPostgreSQL
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if onPostgreSQL { try PostgreSQLServer.shared.get().psql("CREATE SCHEMA \(schema)") }
    store = try Self.open(folder, onPostgreSQL ? schema : nil)
    ledger = BookingLedger(store)
  }

  private static func open(_ folder: URL, _ schema: String?) throws -> any WholeStore {
    guard let schema else { return try SQLiteMessageStore(path: folder.appending(path: "store.sqlite").path) }
    let connection = try PostgreSQLServer.shared.get().connection(to: schema)
    return try PostgreSQLMessageStore(PostgreSQLConfiguration(connection: connection)) { _ in }
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// As after a crash: only what is on disk is left.
  func reopen() {
    store.close()
    guard let again = try? Self.open(folder, isOnPostgreSQL ? schema : nil) else { return }
    store = again
    ledger = BookingLedger(again)
  }
}
