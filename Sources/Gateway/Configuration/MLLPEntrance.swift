public import MLLP

/// An address where HL7 v2 messages are taken over MLLP.
public struct MLLPEntrance: Sendable, Equatable {
  /// Its name, from `sluss.yaml`.
  public let name: String
  /// The numeric address to listen on.
  public var address = "127.0.0.1"
  /// The TCP port; 0 takes a free one.
  public var port: UInt16 = 0
  /// The mapping of messages that no line of ``messages`` names; nil to refuse them.
  public var mapping: String?
  /// The mappings by message code and trigger (`ADT^A01`), or by code alone (`ADT`).
  public var messages: [String: String] = [:]
  /// How messages are acknowledged.
  public var acknowledgements = AcknowledgementMode.asWished
  /// Whether it speaks without TLS although the gateway has certificates, or in a private network.
  public var isPlain = false

  /// An entrance on loopback that takes nothing yet.
  public init(_ name: String) {
    self.name = name
  }

  /// The mapping of a message; nil when there is none for its kind.
  func mapping(of header: HL7Header) -> String? {
    messages["\(header.code)^\(header.trigger)"] ?? messages[header.code] ?? mapping
  }
}
