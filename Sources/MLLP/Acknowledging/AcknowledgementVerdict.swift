/// What a receiver says of a message.
public enum AcknowledgementVerdict: Sendable, Equatable {
  /// The message is safe with the receiver.
  case accepted
  /// The message could not be taken, AE or CE.
  case error(HL7ErrorCode, String)
  /// The message will not be taken as it is, AR or CR: its type, version or processing id does not suit, or
  /// it cannot be read.
  case rejected(HL7ErrorCode, String)

  /// The code and text for the sender; nil when there is nothing to refuse.
  var refusal: (code: HL7ErrorCode, text: String)? {
    switch self {
    case .accepted: nil
    case .error(let code, let text), .rejected(let code, let text): (code, text)
    }
  }

  var applicationCode: AcknowledgementCode {
    switch self {
    case .accepted: .applicationAccept
    case .error: .applicationError
    case .rejected: .applicationReject
    }
  }

  var commitCode: AcknowledgementCode {
    switch self {
    case .accepted: .commitAccept
    case .error: .commitError
    case .rejected: .commitReject
    }
  }
}
