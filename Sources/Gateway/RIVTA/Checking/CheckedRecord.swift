/// What checks need to know of a record.
struct CheckedRecord: Sendable, Equatable {
  /// By which answers speak of it.
  let number: Int
  /// The HSA-ids of who answers for it; empty where nobody knows.
  let careUnit, careGiver: String
  /// Its moments, `YYYYMMDD` with or without the time of day, Swedish local time.
  let times: [String]
  /// What CheckBlocks calls records of its kind; empty for any.
  let kind: String
}

/// Who wants to see records of whom, and how long finding out may take.
struct CheckedAccess: Sendable {
  /// The person who looks; nil when nobody said.
  let actor: RIVTAActor?
  /// The patient's number.
  let patient: String
  let remaining: @Sendable () -> Duration
}
