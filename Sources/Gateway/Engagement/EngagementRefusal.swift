/// A visit, or a record outside visits, of which the index can't be told, so that somebody can mend what is wrong with it.
struct EngagementRefusal: Codable, Hashable, Sendable {
  /// Where they are kept, by patient, for as long as they last.
  static let space = "engagement-refused"

  /// The visit's name in the hub, or the record's.
  let visit: String
  /// The mapping that can't write its posts.
  let mapping: String
  /// The codes of what is wrong, without its values.
  let codes: String
}

/// What happens between the gateway and the engagement index.
enum EngagementEvent: Sendable {
  /// An Update with so many posts is on its way.
  case told(posts: Int, deletions: Int)
  /// The index can't be told of a visit.
  case refused(EngagementRefusal)
  /// A night's reconciliation went through so many patients, and so many Updates came of it.
  case reconciled(patients: Int, updates: Int)
  /// Nothing can be told, or asked; it is tried again.
  case failing(problem: String)
}
