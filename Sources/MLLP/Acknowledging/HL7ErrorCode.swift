/// What was wrong with a message: ERR-3 (HL7 v2.5.1, section 2.15.5.3, table 0357).
public enum HL7ErrorCode: Int, Sendable, CaseIterable {
  /// A segment is missing or in the wrong place.
  case segmentSequence = 100
  /// A required field is missing.
  case requiredField = 101
  /// A field's value is not of its data type.
  case dataType = 102
  /// A code is not in its table.
  case tableValue = 103
  /// The message type is not supported.
  case unsupportedMessageType = 200
  /// The event is not supported.
  case unsupportedEvent = 201
  /// The processing id is not supported.
  case unsupportedProcessingID = 202
  /// The version is not supported.
  case unsupportedVersion = 203
  /// The key is not known, such as a patient's.
  case unknownKey = 204
  /// The key is there already.
  case duplicateKey = 205
  /// The record is locked for now.
  case recordLocked = 206
  /// Anything else, inside the receiver.
  case internalError = 207

  /// Whether the same message may be taken another time.
  var mayPass: Bool { self == .recordLocked || self == .internalError }

  /// The table's own words.
  var words: String {
    switch self {
    case .segmentSequence: "Segment sequence error"
    case .requiredField: "Required field missing"
    case .dataType: "Data type error"
    case .tableValue: "Table value not found"
    case .unsupportedMessageType: "Unsupported message type"
    case .unsupportedEvent: "Unsupported event code"
    case .unsupportedProcessingID: "Unsupported processing id"
    case .unsupportedVersion: "Unsupported version id"
    case .unknownKey: "Unknown key identifier"
    case .duplicateKey: "Duplicate key identifier"
    case .recordLocked: "Application record locked"
    case .internalError: "Application internal error"
    }
  }
}
