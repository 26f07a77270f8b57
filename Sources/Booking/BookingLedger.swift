public import Store

/// Where sagas are kept, so that each goes on after a crash where it was: what it is about to do is on disk
/// before it does it, and calls bear repetition.
///
/// Sagas of one booking go one after another, in the order in which they began. A slot is locked for one
/// booking in the transaction in which its saga begins.
public struct BookingLedger: Sendable {
  let rows: BookingRows
  private let now: @Sendable () -> Int64

  /// What became of a step.
  public enum Progress: Sendable, Equatable {
    /// It has more to do.
    case goesOn
    /// Nobody answered; the same call comes again, so many times it came already.
    case unanswered(Int)
    /// An earlier saga of the same booking is not done.
    case waits
    /// A person has to see to it; why, without patient data.
    case stuck(String)
    case ended(BookingSaga.Outcome)
    /// There is no such saga.
    case unknown
  }

  /// A ledger in a store.
  /// - Parameter now: milliseconds since 1970.
  public init(_ store: any KeptStore, now: @escaping @Sendable () -> Int64 = { 0 }) {
    rows = BookingRows(store)
    self.now = now
  }

  /// Begins a saga. The same intent again changes nothing.
  ///
  /// Fails with `StoreError.stale` when another of the same booking or slot began at the same moment: begin
  /// it again.
  @discardableResult
  public func begin(_ beginning: BookingBeginning) async throws -> BookingBegun {
    let intent = beginning.intent
    guard try rows.saga(intent.id) == nil else { return .known }
    let (known, revision) = try rows.file(intent.booking)
    var file = known
    var changes: [KeptChange] = []
    if let slot = beginning.slot {
      let lock = try rows.lock(slot)
      if let owner = lock?.booking, owner != file.id { return .taken(by: owner) }
      if lock == nil { changes.append(rows.locking(slot, for: file.id)) }
      if !file.slots.contains(slot) { file.slots.append(slot) }
    }
    for name in beginning.names where !file.names.contains(name) {
      if try rows.booking(named: name) == nil { changes.append(rows.naming(name, file.id)) }
      file.names.append(name)
    }
    file.queue.append(intent.id)
    file.dossier = beginning.dossier ?? file.dossier
    file.changed = now()
    let saga = BookingRows.Row(saga: BookingSaga(intent), changed: file.changed)
    changes += [try rows.change(saga, expected: nil), try rows.change(file, expected: revision)]
    try await rows.keep(changes, with: nil)
    return .begun
  }

  /// Begins a saga, with no more than its intent.
  @discardableResult
  public func begin(_ intent: BookingIntent) async throws -> BookingBegun {
    try await begin(BookingBeginning(intent))
  }

  /// Takes one step of a saga: one call to one system. Fails with `StoreError.stale` when somebody else took
  /// it.
  public func step(_ id: String, with systems: any BookingSystems) async throws -> Progress {
    guard let (found, revision) = try rows.saga(id) else { return .unknown }
    var row = found
    guard !row.saga.isEnded else { return .ended(row.saga.outcome) }
    let (known, fileRevision) = try rows.file(row.saga.intent.booking)
    var file = known
    guard file.queue.first == id else { return .waits }
    guard let command = row.saga.command else { return .stuck(row.saga.stuck ?? "") }
    let answer = await systems.call(command, for: file, key: "\(id).\(row.saga.calls)")
    row.saga.receive(answer.reply)
    row.changed = now()
    var changes = [try rows.change(row, expected: revision)]
    var message: NewMessage?
    let before = file
    file.dossier = answer.dossier ?? file.dossier
    if case .found(let time) = answer.reply { file.time = time }
    if row.saga.isEnded {
      file.queue.removeFirst()
      changes += try rows.settlingLocks(of: &file)
      message = systems.message(about: row.saga, of: file)?.message
    }
    if file != before {
      file.changed = row.changed
      changes.append(try rows.change(file, expected: fileRevision))
    }
    try await rows.keep(changes, with: message)
    return progress(of: row.saga)
  }

  private func progress(of saga: BookingSaga) -> Progress {
    if saga.isEnded { return .ended(saga.outcome) }
    if let why = saga.stuck { return .stuck(why) }
    return saga.attempts > 0 ? .unanswered(saga.attempts) : .goesOn
  }

  /// Lets a stuck saga go on. False when there is none of that id that is stuck.
  public func resume(_ id: String) async throws -> Bool {
    try await change(id) { saga in
      guard saga.stuck != nil else { return false }
      saga.resume()
      return true
    }
  }

  /// Takes a saga back that has not come to the journal's confirmation. False when there is none that can be.
  public func abandon(_ id: String, because reason: String) async throws -> Bool {
    try await change(id) { $0.abandon(because: reason) }
  }

  private func change(_ id: String, _ change: (inout BookingSaga) -> Bool) async throws -> Bool {
    guard let (found, revision) = try rows.saga(id) else { return false }
    var row = found
    guard change(&row.saga) else { return false }
    row.changed = now()
    try await rows.keep([try rows.change(row, expected: revision)], with: nil)
    return true
  }

  /// One saga; nil when there is none of that id.
  public func saga(_ id: String) throws -> BookingSaga? { try rows.saga(id)?.row.saga }

  /// What is kept of a booking.
  public func file(_ booking: String) throws -> BookingFile { try rows.file(booking).file }

  /// The booking that one of the systems calls so.
  public func booking(named name: String) throws -> String? { try rows.booking(named: name) }

  /// Whose a slot is.
  public func owner(ofSlot slot: String) throws -> String? { try rows.lock(slot)?.booking }

  /// A page of all sagas by their ids, those that ended too.
  public func sagas(after id: String = "", limit: Int) throws -> [BookingSaga] {
    try rows.sagas(after: id, limit: limit).map(\.saga)
  }

  /// The sagas that are not done, with when each went on last.
  public func open() throws -> [(saga: BookingSaga, changed: Int64)] {
    try rows.sagas(after: "", limit: .max).filter { !$0.saga.isEnded }.map { ($0.saga, $0.changed) }
  }

  /// Forgets a saga that ended; an intent of its id would begin anew. False when there is none.
  public func forget(_ id: String) async throws -> Bool {
    guard let (row, revision) = try rows.saga(id), row.saga.isEnded else { return false }
    try await rows.keep([rows.forgetting(saga: id, revision)], with: nil)
    return true
  }

  /// Forgets sagas that ended, and bookings that nothing is about, since before a moment: locks and names
  /// with them.
  /// - Returns: how many sagas and bookings.
  @discardableResult
  public func forget(before moment: Int64) async throws -> Int {
    var count = 0
    for row in try rows.sagas(after: "", limit: .max) where row.saga.isEnded && row.changed < moment {
      if try await forget(row.saga.intent.id) { count += 1 }
    }
    for (file, revision) in try rows.files() where file.queue.isEmpty && file.changed < moment {
      try await rows.keep(try rows.forgetting(file, revision), with: nil)
      count += 1
    }
    return count
  }
}
