/// What a reader refuses before memory or stack suffer.
public struct ReadingLimits: Sendable {
  /// Largest message in bytes.
  public var bytes: Int
  /// Deepest nesting of objects, arrays or elements.
  public var depth: Int
  /// HL7 v2: most segments in a message.
  public var segments = 100_000
  /// HL7 v2: most fields in a segment, components in a field, sub-components in a component.
  public var positions = 999
  /// HL7 v2: most repetitions of a field.
  public var repetitions = 10_000

  /// 50 MiB, the national platform's limit, and 64 levels unless said otherwise.
  public init(bytes: Int = 50 << 20, depth: Int = 64) {
    self.bytes = bytes
    self.depth = depth
  }
}
