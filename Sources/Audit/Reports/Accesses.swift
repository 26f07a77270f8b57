import Store

extension AuditEvent {
  /// Whether it is access to patients' data in the law's sense; what systems do among themselves, and looking things
  /// up in this log, is none.
  public var isAccess: Bool {
    switch action {
    case .read, .write, .delete, .sign, .print, .emergency, .report: true
    case .search: resourceKinds != ["AuditEvent"]
    case .receive, .translate, .deliver, .configure, .intervene, .export, .erase, .archive: false
    }
  }
}

extension StoredAuditEntry {
  /// Whether it tells of an access that was had to one patient's data.
  public var isOfAccess: Bool {
    guard let record = AuditRecord(self.record) else { return false }
    return record.event.isAccess && record.event.outcome == .done && record.patient != nil
  }
}

extension AuditLog {
  /// The accesses to a patient's data, the oldest first. That somebody asks has to be logged by the caller, before
  /// anybody is told.
  ///
  /// - Parameters:
  ///   - since: not before, in milliseconds since 1970, UTC.
  ///   - until: before, likewise.
  public func accesses(
    of patient: PatientIdentifier, since: Int64, until: Int64
  ) throws -> [StoredAuditEntry] {
    var query = AuditQuery()
    query.patient = patient
    query.since = since
    query.until = until
    var found: [StoredAuditEntry] = []
    try visit(query) { entry in
      if entry.isOfAccess, let record = AuditRecord(entry.record), query.matches(record.event) {
        found.append(entry)
      }
      return true
    }
    return found
  }

  /// When the oldest entry was made that is still kept, in milliseconds since 1970, UTC; nil when there is none.
  public func oldest() throws -> Int64? {
    try store.auditEntries(from: 0, limit: 1).first?.time
  }
}
