/// How a receiver answers: MSA-1 (HL7 v2.5.1, section 2.15.8.1, table 0008).
public enum AcknowledgementCode: String, Sendable, CaseIterable {
  /// Original mode: application accept.
  case applicationAccept = "AA"
  /// Original mode: application error.
  case applicationError = "AE"
  /// Original mode: application reject.
  case applicationReject = "AR"
  /// Enhanced mode: commit accept.
  case commitAccept = "CA"
  /// Enhanced mode: commit error.
  case commitError = "CE"
  /// Enhanced mode: commit reject.
  case commitReject = "CR"
}
