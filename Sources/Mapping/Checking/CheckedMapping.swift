import Diagnostics

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
  /// How many lines hold in both directions.
  let lensCount: Int
  /// The fragments that it includes, also through others.
  let fragments: Set<String>
  /// The code tables of its lines and formulas, by the names of their files.
  let tables: Set<String>
}

/// A line of a mapping as messages are told of it.
struct Rule: Sendable {
  let place: Place
  /// The path that it writes.
  let target: String
  /// The path that it reads, or the formula.
  let source: String
}
