/// A receiver's acknowledgement of one message: MSH, MSA and perhaps ERR (HL7 v2.5.1, section 2.14.1).
public struct Acknowledgement: Sendable, Equatable {
  /// What it means for whoever has sent the message.
  public enum Outcome: Sendable, Equatable {
    /// AA or CA: the receiver has the message.
    case accepted
    /// The receiver does not have the message. It may take it later when the error names a passing trouble
    /// (206 or 207 of table 0357) or nothing at all; it will not when the error names a fault of the message.
    case error(mayRetry: Bool)
    /// AR or CR, for no passing trouble: the receiver will not take the message as it is.
    case rejected
  }

  /// MSA-1.
  public let code: AcknowledgementCode
  /// MSA-2, as written: the control id of the message that is acknowledged.
  public let controlID: [UInt8]
  /// What the receiver says of it: MSA-3, else the first of ERR-8, ERR-7 and the error code's own text.
  /// Empty when it says nothing. Receivers may quote the patient's data here.
  public let text: String
  /// ERR-3, before v2.5 ERR-1; nil when there is none of table 0357.
  public let errorCode: HL7ErrorCode?

  /// Reads an acknowledgement; nil when the bytes are none: no MSH, no MSA, or a code that is not in the
  /// table, from which nothing about the message can be known.
  public init?(_ bytes: [UInt8]) {
    guard let header = Segment.header(of: bytes),
      let msa = Segment.first("MSA", in: bytes, header.delimiters),
      let code = AcknowledgementCode(rawValue: Self.string(msa[1]))
    else { return nil }
    let err = Segment.first("ERR", in: bytes, header.delimiters)
    self.code = code
    controlID = Self.trimmed(msa[2])
    text = Self.firstText([msa[3]] + (err.map { [$0[8], $0[7], $0[3, 2], $0[1, 4, 2]] } ?? []))
    errorCode = err.flatMap { Self.number($0[3, 1]) ?? Self.number($0[1, 4, 1]) }
  }

  /// What to do.
  public var outcome: Outcome {
    switch code {
    case .applicationAccept, .commitAccept: .accepted
    case .applicationError, .commitError: .error(mayRetry: errorCode?.mayPass ?? true)
    case .applicationReject, .commitReject: errorCode?.mayPass == true ? .error(mayRetry: true) : .rejected
    }
  }

  /// Whether it acknowledges that message: MSA-2 is its MSH-10. Never when the message has none.
  public func answers(_ message: [UInt8]) -> Bool {
    guard let header = Segment.header(of: message) else { return false }
    let asked = Self.trimmed(header[10])
    return !asked.isEmpty && asked == controlID
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> HL7ErrorCode? {
    Int(string(bytes)).flatMap(HL7ErrorCode.init)
  }

  private static func firstText(_ fields: [ArraySlice<UInt8>]) -> String {
    fields.lazy.map(string).first { !$0.isEmpty } ?? ""
  }

  /// Bytes that are not UTF-8 are taken for Latin 1.
  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = trimmed(bytes)
    return String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init)))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 }
    return bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
  }
}
