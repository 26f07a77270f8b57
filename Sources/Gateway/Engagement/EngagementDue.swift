import Store

/// Works off the marks of ``EngagementMarking``. One thread at a time may use this.
struct EngagementDue: Sendable {
  let index: EngagementIndex

  /// Tells the index of a page of marked visits and patients, and takes their marks away.
  /// - Returns: whether there was anything to do.
  func step(limit: Int = 256) throws -> Bool {
    let marks = try index.store.kept(in: EngagementMarking.space, after: "", limit: limit)
    guard !marks.isEmpty else { return false }
    try index.update(try index.patients(of: marks.compactMap { HubKey(hexadecimal: $0.name.key) }))
    try unmark(marks)
    return true
  }

  /// Those that were marked again meanwhile stay.
  private func unmark(_ marks: [KeptEntry]) throws {
    let changes = marks.map { KeptChange($0.name, expected: $0.revision, value: nil) }
    do throws(StoreError) {
      try index.store.keepAndWait(changes)
    } catch {
      guard error == .stale else { throw error }
      for change in changes { try unmark(change) }
    }
  }

  private func unmark(_ change: KeptChange) throws(StoreError) {
    do throws(StoreError) {
      try index.store.keepAndWait([change])
    } catch {
      guard error == .stale else { throw error }
    }
  }
}
