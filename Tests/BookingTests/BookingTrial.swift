import Booking
import Foundation
import Store

/// A ledger in a store of its own, and simulated systems.
final class BookingTrial {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "booking-\(UUID().uuidString)")
  private var store: SQLiteMessageStore
  private(set) var ledger: BookingLedger
  let systems = SimulatedSystems()

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try SQLiteMessageStore(path: folder.appending(path: "store.sqlite").path)
    ledger = BookingLedger(store)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// As after a crash: only what is on disk is left.
  func reopen() {
    store.close()
    guard let again = try? SQLiteMessageStore(path: folder.appending(path: "store.sqlite").path) else {
      return
    }
    store = again
    ledger = BookingLedger(again)
  }
}
