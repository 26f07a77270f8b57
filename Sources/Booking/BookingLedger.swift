import Foundation
public import Store

/// Where sagas are kept, so that each goes on after a crash where it was: what it is about to do is on disk before it
/// does it, and calls bear repetition.
///
/// Sagas of one booking go one after another, in the order in which they began.
public struct BookingLedger: Sendable {
  private static let sagas = "booking-saga"
  private static let queues = "booking"

  private let store: any KeptStore

  /// What became of a step.
  public enum Progress: Sendable, Equatable {
    /// It has more to do.
    case goesOn
    /// An earlier saga of the same booking is not done.
    case waits
    /// A person has to see to it; why, without patient data.
    case stuck(String)
    case ended(BookingSaga.Outcome)
    /// There is no such saga.
    case unknown
  }

  /// A ledger in a store.
  public init(_ store: any KeptStore) {
    self.store = store
  }

  /// Begins a saga. The same intent again changes nothing.
  ///
  /// Fails with `StoreError.stale` when another of the same booking began at the same moment: begin it again.
  /// - Returns: whether it is new.
  @discardableResult
  public func begin(_ intent: BookingIntent) async throws -> Bool {
    let name = Self.saga(intent.id)
    guard try store.kept(name) == nil else { return false }
    let queue = try queue(intent.booking)
    try await keep([
      KeptChange(name, expected: nil, value: try Self.bytes(BookingSaga(intent))),
      KeptChange(
        Self.queue(intent.booking), expected: queue.revision, value: try Self.bytes(queue.ids + [intent.id])),
    ])
    return true
  }

  /// Takes one step of a saga: one call to one system. Fails with `StoreError.stale` when somebody else took it.
  public func step(_ id: String, with systems: any BookingSystems) async throws -> Progress {
    guard let kept = try store.kept(Self.saga(id)) else { return .unknown }
    var saga = try Self.value(BookingSaga.self, kept)
    guard !saga.isEnded else { return .ended(saga.outcome) }
    let queue = try queue(saga.intent.booking)
    guard queue.ids.first == id else { return .waits }
    guard let command = saga.command else { return .stuck(saga.stuck ?? "") }
    let reply = await systems.call(command, booking: saga.intent.booking, key: "\(id).\(saga.calls)")
    saga.receive(reply)
    var changes = [KeptChange(kept.name, expected: kept.revision, value: try Self.bytes(saga))]
    if saga.isEnded {
      let rest = Array(queue.ids.dropFirst())
      changes.append(
        KeptChange(
          Self.queue(saga.intent.booking), expected: queue.revision,
          value: rest.isEmpty ? nil : try Self.bytes(rest)))
    }
    try await keep(changes)
    return saga.isEnded ? .ended(saga.outcome) : saga.stuck.map { .stuck($0) } ?? .goesOn
  }

  /// Lets a stuck saga go on. False when there is none of that id that is stuck.
  public func resume(_ id: String) async throws -> Bool {
    guard let kept = try store.kept(Self.saga(id)) else { return false }
    var saga = try Self.value(BookingSaga.self, kept)
    guard saga.stuck != nil else { return false }
    saga.resume()
    try await keep([KeptChange(kept.name, expected: kept.revision, value: try Self.bytes(saga))])
    return true
  }

  /// A page of all sagas by their ids, those that ended too.
  public func sagas(after id: String = "", limit: Int) throws -> [BookingSaga] {
    try store.kept(in: Self.sagas, after: id, limit: limit).map { try Self.value(BookingSaga.self, $0) }
  }

  /// Forgets a saga that ended; an intent of its id would begin anew. False when there is none.
  public func forget(_ id: String) async throws -> Bool {
    guard let kept = try store.kept(Self.saga(id)), try Self.value(BookingSaga.self, kept).isEnded else {
      return false
    }
    try await keep([KeptChange(kept.name, expected: kept.revision, value: nil)])
    return true
  }

  // MARK: the store

  private func queue(_ booking: String) throws -> (ids: [String], revision: Int64?) {
    guard let kept = try store.kept(Self.queue(booking)) else { return ([], nil) }
    return (try Self.value([String].self, kept), kept.revision)
  }

  private func keep(_ changes: [KeptChange]) async throws {
    try await withCheckedThrowingContinuation { waiter in
      store.keep(changes, with: nil) { waiter.resume(with: $0) }
    }
  }

  private static func saga(_ id: String) -> KeptEntry.Name { KeptEntry.Name(space: sagas, key: id) }
  private static func queue(_ booking: String) -> KeptEntry.Name {
    KeptEntry.Name(space: queues, key: booking)
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    Array(try JSONEncoder().encode(value))
  }

  private static func value<Value: Decodable>(_ type: Value.Type, _ kept: KeptEntry) throws -> Value {
    try JSONDecoder().decode(type, from: Data(kept.value))
  }
}
