import Store

/// Marks whom news are about, in the transaction of the message that tells them: whatever happens then, the
/// index is told of them some time.
struct EngagementMarking: Sendable {
  /// Where marks are kept.
  static let space = "engagement-due"

  /// The type of what engagements are implied by.
  var type = EngagementRules().type

  /// The names of the visits and patients of changed resources. A visit stands for its patients, the one
  /// before too, should it have been another's.
  func marks(of changes: [HubChange]) -> [KeptEntry.Name] {
    Set(changes.compactMap(subject)).sorted().map { KeptEntry.Name(space: Self.space, key: $0.hexadecimal) }
  }

  private func subject(_ change: HubChange) -> HubKey? {
    guard case .put(let put) = change else { return nil }
    return put.type == type || put.type == FHIRPatients.type ? put.id : put.index.patient
  }
}
