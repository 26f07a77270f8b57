/// What an answer comes to, in FHIR's words: an `OperationOutcome` that a mapping has made of it, or the
/// status that HTTP gives it.
enum BookingOutcome: Equatable {
  case done
  /// There is no such booking.
  case absent
  /// It will not be done; why, as the system says it to people.
  case refused(String?)
  /// It may pass: the same is asked again.
  case passing

  /// The kinds of issue that pass (FHIR R4, value set IssueType, `transient` and below).
  private static let passingKinds: Set = [
    "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled",
  ]
  private static let absentKinds: Set = ["not-found", "deleted"]
  /// What an operator mends, or time.
  private static let passingStatuses: Set = [401, 403, 407, 408, 421, 425, 429]

  /// By the resources of an answer.
  init(_ resources: [[String: Any]]) {
    let issues = resources.filter { HubJSON.type($0) == "OperationOutcome" }
      .flatMap { $0["issue"] as? [[String: Any]] ?? [] }
    guard let issue = issues.first(where: { ["error", "fatal"].contains($0["severity"] as? String ?? "") })
    else {
      self = .done
      return
    }
    let kind = issue["code"] as? String ?? ""
    if Self.passingKinds.contains(kind) {
      self = .passing
    } else if Self.absentKinds.contains(kind) {
      self = .absent
    } else {
      self = .refused((issue["details"] as? [String: Any])?["text"] as? String)
    }
  }

  /// By HTTP's status; nil where the body says more.
  init?(status: Int) {
    switch status {
    case 200...299: return nil
    case 404, 410: self = .absent
    case 400...499 where !Self.passingStatuses.contains(status): self = .refused(nil)
    default: self = .passing
    }
  }
}
