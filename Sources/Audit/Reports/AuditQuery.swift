import Store

/// What is looked for in the log; parts that are nil or empty match everything.
public struct AuditQuery: Sendable {
  /// Whom entries are about.
  public var patient: PatientIdentifier?
  /// Who did it, by HSA-id.
  public var person: String?
  /// Where, by HSA-id.
  public var careUnit: String?
  /// What was done.
  public var action: AuditAction?
  /// Not before, in milliseconds since 1970, UTC.
  public var since: Int64?
  /// Before, likewise.
  public var until: Int64?

  /// A query for everything.
  public init() {}

  func matches(_ event: AuditEvent) -> Bool {
    (person.map { $0 == event.person } ?? true) && (careUnit.map { $0 == event.careUnit } ?? true)
      && (action.map { $0 == event.action } ?? true) && (since.map { $0 <= event.time } ?? true)
      && (until.map { event.time < $0 } ?? true)
  }
}

/// An entry that was found.
public struct FoundEntry: Sendable, Equatable {
  /// Its place in the log.
  public let number: Int
  /// What it says; without the patient where nobody can read it any more, or nobody asked.
  public let event: AuditEvent
}

extension AuditLog {
  /// Finds entries, the oldest first. The search is logged before anything is told, about the patient if one is
  /// looked for.
  ///
  /// - Parameter asking: who asks, why and when; its action is made `search`.
  public func search(_ query: AuditQuery, asking: AuditEvent, limit: Int = .max) async throws -> [FoundEntry]
  {
    var asking = asking
    asking.action = .search
    try await log(asking, about: query.patient)
    return try find(query, limit: limit)
  }

  /// Appends the entry about a reading of the log.
  func log(_ asking: AuditEvent, about patient: PatientIdentifier?) async throws {
    var asking = asking
    asking.patient = patient
    asking.route = asking.route.isEmpty ? "audit" : asking.route
    asking.resourceKinds = ["AuditEvent"]
    try await append([asking])
  }

  /// Finds entries without logging it.
  func find(_ query: AuditQuery, limit: Int = .max) throws -> [FoundEntry] {
    var found: [FoundEntry] = []
    try visit(query) { entry in
      guard let record = AuditRecord(entry.record), query.matches(record.event), let event = try event(entry)
      else {
        return true
      }
      found.append(FoundEntry(number: entry.number, event: event))
      return found.count < limit
    }
    return found
  }

  /// How many entries match; tells nothing of them, so it is not logged.
  public func count(_ query: AuditQuery) throws -> Int {
    var count = 0
    try visit(query) { entry in
      if let record = AuditRecord(entry.record), query.matches(record.event) { count += 1 }
      return true
    }
    return count
  }

  /// Shows entries that may match, until one says that it is enough.
  func visit(_ query: AuditQuery, _ look: (StoredAuditEntry) throws -> Bool) throws {
    if let patient = query.patient {
      let pseudonym = try pseudonym(of: patient)
      for entry in try store.auditEntries(ofPatient: SealedPatient.number(pseudonym))
      where AuditRecord(entry.record)?.patient?.pseudonym == pseudonym {
        guard try look(entry) else { return }
      }
    } else if let person = query.person {
      for entry in try store.auditEntries(ofPerson: AuditRecord.number(ofPerson: person)) {
        guard try look(entry) else { return }
      }
    } else {
      try visitAll(query, look)
    }
  }

  /// Entries stand nearly in the order of their times; some minutes are left for those that came late.
  private func visitAll(_ query: AuditQuery, _ look: (StoredAuditEntry) throws -> Bool) throws {
    let late: Int64 = 600_000
    var next = try query.since.map { try store.firstAuditEntry(since: $0 - late) } ?? 0
    while let first = next {
      let page = try store.auditEntries(from: first, limit: 1000)
      for entry in page {
        if let until = query.until, entry.time >= until + late { return }
        guard try look(entry) else { return }
      }
      next = page.last.map { $0.number + 1 }
    }
  }
}
