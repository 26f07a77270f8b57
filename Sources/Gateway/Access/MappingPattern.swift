/// Which mappings are meant: one by its name, all whose names begin alike (`journal/*`), or all (`*`).
public struct MappingPattern: Sendable, Hashable, CustomStringConvertible {
  /// Every mapping.
  public static let all = MappingPattern(beginning: "", isWhole: false)

  private let beginning: String
  private let isWhole: Bool

  /// Nil for an empty text, or one with a `*` anywhere but at its end.
  public init?(_ text: String) {
    let isWhole = !text.hasSuffix("*")
    let beginning = isWhole ? text : String(text.dropLast())
    guard !text.isEmpty, !beginning.contains("*"), !text.contains(where: \.isWhitespace) else { return nil }
    self.init(beginning: beginning, isWhole: isWhole)
  }

  private init(beginning: String, isWhole: Bool) {
    (self.beginning, self.isWhole) = (beginning, isWhole)
  }

  /// As it is written.
  public var description: String { isWhole ? beginning : beginning + "*" }

  /// Whether a mapping of that name is meant.
  public func matches(_ name: String) -> Bool {
    isWhole ? name == beginning : name.utf8.starts(with: beginning.utf8)
  }
}
