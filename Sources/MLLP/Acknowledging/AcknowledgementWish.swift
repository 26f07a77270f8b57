/// Which acknowledgements a sender wants: MSH-15 and MSH-16 (HL7 v2.5.1, sections 2.9.2, 2.9.3, table 0155).
struct AcknowledgementWish {
  private enum Condition {
    case always, never, refusal, success

    /// Absent is never, once the other field is there; what is not in the table is taken for always, so
    /// that nobody waits in vain.
    init(_ field: ArraySlice<UInt8>) {
      switch String(decoding: field, as: UTF8.self) {
      case "", "\"\"", "NE": self = .never
      case "ER": self = .refusal
      case "SU": self = .success
      default: self = .always
      }
    }

    func holds(_ verdict: AcknowledgementVerdict) -> Bool {
      switch self {
      case .always: true
      case .never: false
      case .refusal: verdict != .accepted
      case .success: verdict == .accepted
      }
    }
  }

  private let isOriginal: Bool
  private let commit: Condition
  private let application: Condition

  init(_ header: Segment, _ mode: AcknowledgementMode) {
    let saysNothing = header[15].isEmpty && header[16].isEmpty
    isOriginal = mode == .original || mode == .asWished && saysNothing
    commit = saysNothing ? .always : Condition(header[15])
    application = Condition(header[16])
  }

  /// The code to answer with now; nil when the sender wants none.
  ///
  /// Who wants both gets the commit's: the application's would be a message of its own, later.
  func code(_ verdict: AcknowledgementVerdict) -> AcknowledgementCode? {
    if isOriginal { return verdict.applicationCode }
    if commit.holds(verdict) { return verdict.commitCode }
    return application.holds(verdict) ? verdict.applicationCode : nil
  }
}
