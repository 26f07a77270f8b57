/// What came of an attempt.
public enum DeliveryResult: Sendable, Equatable {
  /// The target has it.
  case delivered
  /// It is to be tried again at that time, in milliseconds since 1970. Problems are short and without patient
  /// data. One that steps aside leaves its lane to the next and goes on by itself; else it holds the lane.
  case retry(due: Int64, problem: String, stepsAside: Bool = false)
  /// It is given up. One that holds its lane stays the head until a person has decided; else the next goes on.
  case dead(problem: String, holdsLane: Bool = false)
}

/// A result, to be stored.
public struct DeliveryReport: Sendable, Equatable {
  /// The store's number of the delivery.
  public let number: Int64
  /// What came of it.
  public let result: DeliveryResult
  /// The attempts so far. An attempt that was not made, as when the target is known to be down, need not count.
  public let attempts: Int
  /// When it ended, in milliseconds since 1970, UTC.
  public let time: Int64
  /// What the audit log gets when the report changes something.
  public let audit: [NewAuditEntry]
  /// Whether the next of the lane is taken in the same commit.
  var taking: NextTaking?

  /// A report with these parts.
  public init(
    number: Int64, result: DeliveryResult, attempts: Int, time: Int64, audit: [NewAuditEntry] = []
  ) {
    self.audit = audit
    self.number = number
    self.result = result
    self.attempts = attempts
    self.time = time
  }
}

/// The wish to have what comes next in a lane as soon as the one before is on disk.
public struct NextTaking: Sendable, Equatable {
  /// It is taken if it is due by then, in milliseconds since 1970, UTC.
  public let dueBy: Int64
  /// As for ``DeliveryStore/dueDeliveries(target:now:lease:limit:)``.
  public let lease: Int64

  /// A wish with these parts.
  public init(dueBy: Int64, lease: Int64) {
    self.dueBy = dueBy
    self.lease = lease
  }
}

/// What a report or a person's wish came to.
public enum DeliveryChange: Sendable, Equatable {
  /// It is on disk.
  case done
  /// Nothing was changed, since it is being sent or changed right now, maybe by another gateway; ask again later.
  case busy
  /// Nothing was changed, since the delivery has come to that end before.
  case ended(DeliveryState)
}
