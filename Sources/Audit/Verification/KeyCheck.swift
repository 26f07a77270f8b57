import Store

/// Checks that patients' keys are those that entries name, and that keys that are gone were destroyed openly.
struct KeyCheck {
  let keys: KeyUses
  /// Whether all entries are there; archived ones name keys that nobody can tell any more.
  let isWhole: Bool

  func finish(
    _ store: any AuditReading, _ provider: (any KeyProvider)?, _ verification: inout Verification
  ) throws {
    var missing = keys.uses
    var page = try store.auditKeys(after: [], limit: 1000)
    while let last = page.last {
      for key in page {
        check(key, provider, &verification)
        if let id = KeyName(key.id) { missing[id] = nil }
      }
      page = try store.auditKeys(after: last.id, limit: 1000)
    }
    let unexplained = missing.values.filter { !keys.isErased($0) }.map(\.entry)
    for entry in unexplained.sorted() {
      verification.add(
        "entry \(entry): the key of its patient is gone, and no entry says that it was destroyed",
        entry: entry)
    }
  }

  private func check(_ key: AuditKey, _ provider: (any KeyProvider)?, _ verification: inout Verification) {
    guard let use = KeyName(key.id).flatMap({ keys.uses[$0] }), use.pseudonym == KeyName(key.pseudonym) else {
      if isWhole { verification.add("a patient's key is stored that no entry names") }
      return
    }
    if keys.isErased(use) {
      verification.add("entry \(use.entry): the key of its patient was to be destroyed", entry: use.entry)
    }
    guard let provider else { return }
    if (try? provider.unwrap(key.wrapped, context: PatientKeys.context(key))) ?? nil == nil {
      verification.add("entry \(use.entry): the key of its patient was changed", entry: use.entry)
    }
  }
}
