import Store

/// Checks that patients' keys are those that entries name, and that keys that are gone were destroyed openly.
struct KeyCheck {
  let keys: KeyUses
  /// Whether all entries are there; archived ones name keys that nobody can tell any more.
  let isWhole: Bool

  func finish(
    _ store: any AuditReading, _ provider: (any KeyProvider)?, _ verification: inout Verification
  ) throws {
    var present = 0
    try pages(store) { key in
      if check(key, provider, &verification) { present += 1 }
    }
    // Those that were destroyed are not there; most logs lack no other, and nobody has to be looked for.
    if present + keys.erased != keys.count { try missing(store, &verification) }
  }

  private func pages(_ store: any AuditReading, _ take: (AuditKey) -> Void) throws {
    var page = try store.auditKeys(after: [], limit: 1000)
    while let last = page.last {
      for key in page { take(key) }
      page = try store.auditKeys(after: last.id, limit: 1000)
    }
  }

  private func missing(_ store: any AuditReading, _ verification: inout Verification) throws {
    var stored: Set<KeyName> = []
    try pages(store) { key in
      if let id = KeyName(key.id) { stored.insert(id) }
    }
    let gone = keys.all.filter { !stored.contains($0.key) && !keys.isErased($0) }.map(\.entry)
    for entry in gone.sorted() {
      verification.add(
        "entry \(entry): the key of its patient is gone, and no entry says that it was destroyed",
        entry: entry)
    }
  }

  /// Whether it is one that an entry names.
  private func check(
    _ key: AuditKey, _ provider: (any KeyProvider)?, _ verification: inout Verification
  ) -> Bool {
    guard let use = KeyName(key.id).flatMap({ keys[$0] }), use.pseudonym == KeyName(key.pseudonym) else {
      if isWhole { verification.add("a patient's key is stored that no entry names") }
      return false
    }
    if keys.isErased(use) {
      verification.add("entry \(use.entry): the key of its patient was to be destroyed", entry: use.entry)
    }
    if let provider, (try? provider.unwrap(key.wrapped, context: PatientKeys.context(key))) ?? nil == nil {
      verification.add("entry \(use.entry): the key of its patient was changed", entry: use.entry)
    }
    return true
  }
}
