/// What a message's MSH says about where it comes from and what it is (HL7 v2.5.1, section 2.15.9).
public struct HL7Header: Sendable, Equatable {
  /// MSH-3, the sending application, as written.
  public let sendingApplication: String
  /// MSH-4, the sending facility, as written.
  public let sendingFacility: String
  /// MSH-9.1, the message's code, such as `ADT`.
  public let code: String
  /// MSH-9.2, the trigger event, such as `A01`; empty when there is none.
  public let trigger: String
  /// MSH-10, the sender's own id of the message; empty when there is none.
  public let controlID: String

  /// Reads a message's header; nil when the message does not begin with an MSH.
  public init?(_ message: [UInt8]) {
    guard let header = Segment.header(of: message) else { return nil }
    sendingApplication = Self.text(header[3])
    sendingFacility = Self.text(header[4])
    code = Self.text(header[9, 1])
    trigger = Self.text(header[9, 2])
    controlID = Self.text(header[10])
  }

  /// Without spaces around it; bytes that are not UTF-8 are taken for Latin 1, so that different ones stay
  /// so.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 }
    let kept = Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    return String(validating: kept, as: UTF8.self)
      ?? String(String.UnicodeScalarView(kept.map(Unicode.Scalar.init)))
  }
}
