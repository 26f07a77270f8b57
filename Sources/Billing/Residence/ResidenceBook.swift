import Store

/// Remembers of each patient what the population register has answered, and which visits go by it.
struct ResidenceBook {
  /// The space of a ``KeptStore``; its keys are patients' pseudonyms.
  static let space = "billing-residence"

  /// What is known of a patient, and as which revision.
  struct Page {
    let name: KeptEntry.Name
    let revision: Int64?
    var residences: Residences

    /// What stores it as it is now.
    func change() -> KeptChange {
      KeptChange(name, expected: revision, value: residences.bytes)
    }
  }

  let store: any KeptStore
  /// Stands a keyed code in the place of a patient's number.
  let pseudonym: @Sendable (String) -> String

  func page(of patient: String) throws(StoreError) -> Page {
    let name = KeptEntry.Name(space: Self.space, key: pseudonym(patient))
    let entry = try store.kept(name)
    return Page(name: name, revision: entry?.revision, residences: Residences(entry?.value))
  }
}
