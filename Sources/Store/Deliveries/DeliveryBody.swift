/// The original of a delivery's body, or what a person put in its place.
public struct DeliveryBody: Sendable, Equatable {
  /// 0 for the original, 1 for what first replaced it and so on.
  public let edition: Int
  /// The media type.
  public let contentType: String
  /// The content, byte for byte.
  public let bytes: [UInt8]
  /// When it was made, in milliseconds since 1970, UTC.
  public let made: Int64
  /// Whether the content can't be read any more, since its content key is not there; it is empty then.
  public internal(set) var isLost = false

  /// A body with these parts.
  public init(edition: Int, contentType: String, bytes: [UInt8], made: Int64) {
    self.edition = edition
    self.contentType = contentType
    self.bytes = bytes
    self.made = made
  }
}
