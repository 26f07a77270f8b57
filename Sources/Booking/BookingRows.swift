import Foundation
import Store

/// The rows of sagas, bookings, locked slots and names in a store.
struct BookingRows: Sendable {
  private static let sagas = "booking-saga"
  private static let files = "booking"
  private static let locks = "booking-slot"
  private static let names = "booking-name"

  private let store: any KeptStore

  /// A saga, and when it went on last.
  struct Row: Codable {
    var saga: BookingSaga
    var changed: Int64
  }

  init(_ store: any KeptStore) { self.store = store }

  // MARK: reading

  func saga(_ id: String) throws -> (row: Row, revision: Int64)? {
    try store.kept(Self.name(Self.sagas, id)).map { (try Self.value(Row.self, $0), $0.revision) }
  }

  func sagas(after id: String, limit: Int) throws -> [Row] {
    try store.kept(in: Self.sagas, after: id, limit: limit).map { try Self.value(Row.self, $0) }
  }

  func file(_ id: String) throws -> (file: BookingFile, revision: Int64?) {
    guard let kept = try store.kept(Self.name(Self.files, id)) else { return (BookingFile(id: id), nil) }
    return (try Self.value(BookingFile.self, kept), kept.revision)
  }

  func files() throws -> [(file: BookingFile, revision: Int64)] {
    try store.kept(in: Self.files, after: "", limit: .max).map {
      (try Self.value(BookingFile.self, $0), $0.revision)
    }
  }

  func lock(_ slot: String) throws -> (booking: String, revision: Int64)? {
    try store.kept(Self.name(Self.locks, slot)).map {
      (String(decoding: $0.value, as: UTF8.self), $0.revision)
    }
  }

  func booking(named name: String) throws -> String? {
    try store.kept(Self.name(Self.names, name)).map { String(decoding: $0.value, as: UTF8.self) }
  }

  // MARK: changes

  func change(_ row: Row, expected: Int64?) throws -> KeptChange {
    KeptChange(
      Self.name(Self.sagas, row.saga.intent.id), expected: expected, value: try Self.bytes(row))
  }

  func change(_ file: BookingFile, expected: Int64?) throws -> KeptChange {
    KeptChange(Self.name(Self.files, file.id), expected: expected, value: try Self.bytes(file))
  }

  func locking(_ slot: String, for booking: String) -> KeptChange {
    KeptChange(Self.name(Self.locks, slot), expected: nil, value: Array(booking.utf8))
  }

  func naming(_ name: String, _ booking: String) -> KeptChange {
    KeptChange(Self.name(Self.names, name), expected: nil, value: Array(booking.utf8))
  }

  /// The slot that a booking has stays locked for it, the others are free. What the journal has given to two
  /// is for people to see; the lock stays with the first.
  func settlingLocks(of file: inout BookingFile) throws -> [KeptChange] {
    guard file.queue.isEmpty else { return [] }
    var changes: [KeptChange] = []
    for slot in file.slots where slot != file.time?.slot {
      if let lock = try lock(slot), lock.booking == file.id {
        changes.append(KeptChange(Self.name(Self.locks, slot), expected: lock.revision, value: nil))
      }
    }
    file.slots = []
    guard let slot = file.time?.slot else { return changes }
    let lock = try lock(slot)
    if lock == nil { changes.append(locking(slot, for: file.id)) }
    if lock == nil || lock?.booking == file.id { file.slots = [slot] }
    return changes
  }

  func forgetting(saga id: String, _ revision: Int64) -> KeptChange {
    KeptChange(Self.name(Self.sagas, id), expected: revision, value: nil)
  }

  func forgetting(_ file: BookingFile, _ revision: Int64) throws -> [KeptChange] {
    var changes = [KeptChange(Self.name(Self.files, file.id), expected: revision, value: nil)]
    let named = file.names.map { Self.name(Self.names, $0) } + file.slots.map { Self.name(Self.locks, $0) }
    for name in named {
      guard let kept = try store.kept(name), kept.value == Array(file.id.utf8) else { continue }
      changes.append(KeptChange(name, expected: kept.revision, value: nil))
    }
    return changes
  }

  func keep(_ changes: [KeptChange], with message: NewMessage?) async throws {
    try await withCheckedThrowingContinuation { waiter in
      store.keep(changes, with: message) { waiter.resume(with: $0) }
    }
  }

  private static func name(_ space: String, _ key: String) -> KeptEntry.Name {
    KeptEntry.Name(space: space, key: key)
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    Array(try JSONEncoder().encode(value))
  }

  private static func value<Value: Decodable>(_ type: Value.Type, _ kept: KeptEntry) throws -> Value {
    try JSONDecoder().decode(type, from: Data(kept.value))
  }
}
