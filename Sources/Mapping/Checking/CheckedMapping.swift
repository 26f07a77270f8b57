public import Diagnostics

/// A mapping whose lines are all resolved and type-checked, ready to be made into plans.
struct CheckedMapping {
  let name: String
  /// Where the file says its name.
  let place: Place
  let shape: Shape
  let scope: Scope
  /// All resources in order of declaration, blocks included.
  let resources: [HubName]
  /// The lines that write, by number.
  let rules: [Rule]
  let formulas: [CheckedFormula]
  /// The cell of the field that holds the sender's message id.
  let identityCell: Int?
  /// Whether nobody but Sluss itself hands in its messages.
  let isOwn: Bool
  /// How many lines hold in both directions.
  let lensCount: Int
  /// The fragments that it includes, also through others.
  let fragments: Set<String>
  /// The code tables of its lines and formulas, by the names of their files.
  let tables: Set<String>
  /// The routes of its messages.
  let routes: [Route]
}

/// A line of a mapping as messages are told of it.
public struct Rule: Sendable {
  /// Where it stands.
  public let place: Place
  /// The path that it writes.
  public let target: String
  /// The path that it reads, or the formula with its `=`.
  public let source: String
  /// The code tables and converters in between, as the line names them.
  public let through: [String]
  /// What happens to the value.
  let conversions: [Conversion]
}
