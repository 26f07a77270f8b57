/// What a reader refuses before memory or stack suffer.
public struct ReadingLimits: Sendable {
  /// Largest message in bytes.
  public var bytes: Int
  /// Deepest nesting of objects, arrays or elements.
  public var depth: Int

  /// 50 MiB, the national platform's limit, and 64 levels unless said otherwise.
  public init(bytes: Int = 50 << 20, depth: Int = 64) {
    self.bytes = bytes
    self.depth = depth
  }
}
