import Store

/// Checks that patients' keys are those that entries name, and that keys that are gone were destroyed openly.
struct KeyCheck {
  /// Whether all entries are there; archived ones name keys that nobody can tell any more.
  var isWhole = true
  /// The first entry that names a key.
  private var used: [[UInt8]: Int] = [:]
  private var pseudonyms: [[UInt8]: [[UInt8]]] = [:]
  /// Keys of patients who were erased later.
  private var erased: Set<[UInt8]> = []

  mutating func add(_ record: AuditRecord, _ number: Int) {
    guard let patient = record.patient else { return }
    if let content = patient.content {
      guard used[content.keyID] == nil else { return }
      used[content.keyID] = number
      pseudonyms[patient.pseudonym, default: []].append(content.keyID)
    } else if record.event.action == .erase {
      erased.formUnion(pseudonyms[patient.pseudonym] ?? [])
    }
  }

  func finish(
    _ store: any AuditStore, _ provider: (any KeyProvider)?, _ verification: inout Verification
  ) throws {
    var missing = used
    var page = try store.auditKeys(after: [], limit: 1000)
    while let last = page.last {
      for key in page {
        check(key, provider, &verification)
        missing[key.id] = nil
      }
      page = try store.auditKeys(after: last.id, limit: 1000)
    }
    for (id, entry) in missing.sorted(by: { $0.value < $1.value }) where !erased.contains(id) {
      verification.add(
        "entry \(entry): the key of its patient is gone, and no entry says that it was destroyed",
        entry: entry)
    }
  }

  private func check(_ key: AuditKey, _ provider: (any KeyProvider)?, _ verification: inout Verification) {
    guard let entry = used[key.id], pseudonyms[key.pseudonym]?.contains(key.id) == true else {
      if isWhole { verification.add("a patient's key is stored that no entry names") }
      return
    }
    if erased.contains(key.id) {
      verification.add("entry \(entry): the key of its patient was to be destroyed", entry: entry)
    }
    guard let provider else { return }
    if (try? provider.unwrap(key.wrapped, context: PatientKeys.context(key))) ?? nil == nil {
      verification.add("entry \(entry): the key of its patient was changed", entry: entry)
    }
  }
}
