/// What one system may do: for each right the mappings that it holds for. What is not here is not allowed.
public struct Grants: Sendable, Equatable {
  /// Everything.
  public static let all = Grants(Dictionary(uniqueKeysWithValues: Right.allCases.map { ($0, [.all]) }))
  /// Nothing.
  public static let none = Grants([:])

  private let lines: [Right: [MappingPattern]]

  /// Rights of these lines; one that is not for mappings counts when it has any.
  public init(_ lines: [Right: [MappingPattern]]) {
    self.lines = lines
  }

  /// The mappings that any right is for.
  var patterns: Set<MappingPattern> { Set(lines.filter(\.key.isForMappings).values.joined()) }

  /// Whether a line says that it may push a mapping of just this name.
  func namesForPushing(_ mapping: String) -> Bool {
    lines[.push]?.contains { $0.description == mapping } ?? false
  }

  /// Whether it is allowed.
  /// - Parameter mapping: the mapping that it is about; nil to ask whether there is any for which it is.
  public func allow(_ right: Right, on mapping: String?) -> Bool {
    guard let patterns = lines[right] else { return false }
    guard right.isForMappings, let mapping else { return !patterns.isEmpty }
    return patterns.contains { $0.matches(mapping) }
  }
}
