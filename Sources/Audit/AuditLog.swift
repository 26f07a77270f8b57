import Cryptography
import Store

/// The audit log above a store: makes entries of events, and events of entries again.
public final class AuditLog: Sendable {
  /// Where the log is kept.
  public let store: any AuditStore
  private let keys: PatientKeys

  /// A log in a store, with a master key.
  public init(_ store: any AuditStore, keys provider: any KeyProvider) {
    self.store = store
    keys = PatientKeys(store, provider)
  }

  // MARK: writing

  /// An entry of an event, to be stored with what it records: in ``NewMessage/audit``,
  /// ``TranslationRecord/audit`` or ``DeliveryReport/audit``, or by itself with ``append(_:)``.
  ///
  /// Throws ``AuditError/tooLong(field:)``, or why keys cannot be read or wrapped.
  ///
  /// - Parameter renewing: whether the patient's key is looked up anew, to be set after storing failed with
  ///   ``StoreError/staleAuditKey``: the patient was erased meanwhile.
  public func entry(_ event: AuditEvent, renewing: Bool = false) throws -> NewAuditEntry {
    try announcement(event, renewing: renewing).entry
  }

  /// Likewise, with the patient's pseudonym, by which later entries tell whom they are about; see
  /// ``entry(_:about:)``.
  public func announcement(
    _ event: AuditEvent, renewing: Bool = false
  ) throws -> (entry: NewAuditEntry, patient: [UInt8]?) {
    guard let patient = event.patient else { return (try Self.entry(AuditRecord(event, nil)), nil) }
    let pseudonym = try keys.pseudonym(of: patient)
    if renewing { _ = keys.forget(pseudonym) }
    let key = try keys.key(of: pseudonym)
    let context = try AuditRecord.context(of: event)
    let sealed = try SealedPatient.seal(
      patient, detail: event.detail, pseudonym: pseudonym, key: key, context: context)
    return (try Self.entry(AuditRecord(event, sealed), context, key: key.use), pseudonym)
  }

  /// An entry about a patient of whom only the pseudonym is known, as where an earlier entry of the same message
  /// tells who it is. The event's own patient and detail are left out.
  ///
  /// Throws ``AuditError/tooLong(field:)``.
  public func entry(_ event: AuditEvent, about pseudonym: [UInt8]?) throws(AuditError) -> NewAuditEntry {
    try Self.entry(AuditRecord(event, pseudonym.map { SealedPatient(pseudonym: $0) }))
  }

  /// Appends events by themselves; once it returns they are on disk. The size of the log after them.
  @discardableResult
  public func append(_ events: [AuditEvent]) async throws -> Int {
    do {
      return try await change(.append(try events.map { try entry($0) }))
    } catch StoreError.staleAuditKey {
      return try await change(.append(try events.map { try entry($0, renewing: true) }))
    }
  }

  /// Destroys a patient's keys, so that nobody can read the patient in earlier entries any more, and logs that.
  /// All proofs stay valid. Copies of the store from before still hold the wrapped keys: they are to be
  /// destroyed as well, or the master key of their time.
  public func erase(_ patient: PatientIdentifier, _ event: AuditEvent) async throws {
    let pseudonym = try keys.pseudonym(of: patient)
    var event = event
    event.action = .erase
    let entry = try Self.entry(AuditRecord(event, SealedPatient(pseudonym: pseudonym)))
    let known = keys.forget(pseudonym)
    _ = try await change(.erase(pseudonym: pseudonym, refusing: known.map { [$0] } ?? [], entry))
    // Once more, since somebody may have read the old key until now.
    _ = keys.forget(pseudonym)
  }

  /// Removes the records of the first entries from the store and logs that; export them before. The tree stays
  /// whole, and proofs of them verify for ever.
  ///
  /// - Parameter below: how many, rounded down to a multiple of 256.
  public func archive(below: Int, _ event: AuditEvent) async throws {
    var event = event
    event.action = .archive
    event.correlation = String(below & -MerkleTile.width)
    _ = try await change(.archive(below: below, try Self.entry(AuditRecord(event, nil))))
  }

  func change(_ change: AuditChange) async throws -> Int {
    try await withCheckedThrowingContinuation { waiter in
      store.change(change) { waiter.resume(with: $0) }
    }
  }

  private static func entry(
    _ record: AuditRecord, _ context: [UInt8]? = nil, key: AuditKeyUse? = nil
  ) throws(AuditError) -> NewAuditEntry {
    let bytes = if let context { try record.bytes(behind: context) } else { try record.bytes() }
    return NewAuditEntry(
      record: bytes, time: record.event.time, patient: record.patient?.searchNumber,
      person: record.personNumber, key: key)
  }

  // MARK: reading

  /// The event of a stored entry. Without its key, as after erasure, the patient stays nil; nil when the record
  /// cannot be read at all.
  public func event(_ entry: StoredAuditEntry) throws -> AuditEvent? {
    guard let record = AuditRecord(entry.record) else { return nil }
    var event = record.event
    if let sealed = record.patient, let content = sealed.content, let key = try keys.key(id: content.keyID),
      let opened = sealed.open(key: key, context: try AuditRecord.context(of: event))
    {
      event.patient = opened.patient
      event.detail = opened.detail
    }
    return event
  }

  /// The keyed pseudonym of a patient, ``SealedPatient/identifierSize`` bytes, which entries are found by.
  public func pseudonym(of patient: PatientIdentifier) throws(AuditError) -> [UInt8] {
    try keys.pseudonym(of: patient)
  }
}

extension AuditRecord {
  /// The number that the store finds a person's entries by; HSA-ids are public, so it is no secret.
  var personNumber: Int64? {
    event.person.isEmpty ? nil : Self.number(ofPerson: event.person)
  }

  static func number(ofPerson person: String) -> Int64 { number(ofPerson: Array(person.utf8).span) }

  /// - Parameter person: the HSA-id's bytes.
  static func number(ofPerson person: Span<UInt8>) -> Int64 {
    Int64(bitPattern: SHA256.digest(of: person).beginning)
  }
}
