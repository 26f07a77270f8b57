public import Diagnostics

/// Where every field of a translation came from, and what became of every field of the message.
public struct Explanation: Sendable {
  /// The fields of what was written, in its order.
  public let written: [ExplainedField]
  /// The fields of the message, in its order.
  public let read: [FieldFate]
}

/// A field, how it came about and from what.
public struct ExplainedField: Sendable {
  /// What wrote a field.
  public enum Making: String, Sendable {
    /// It stood in the message.
    case message
    /// A line with a path.
    case line
    /// A line with a formula.
    case formula
    /// A slice's or shape's fixed value, or what a code table has for absent.
    case fixed
    /// A reference to a resource.
    case reference
    /// The id of a resource.
    case id
  }

  /// Its path: in the hub it begins with the resource's type.
  public let path: String
  /// Its value: of a message that is patient data.
  public let value: String
  /// What wrote it.
  public let making: Making
  /// The line, when one did.
  public let rule: Rule?
  /// Where it stands in the message; `nil` for fields that were written.
  public let place: Place?
  /// The fields that it was made from.
  public let sources: [ExplainedField]

  /// The fields of the message that it was made from, through all mappings.
  public var origins: [ExplainedField] { making == .message ? [self] : sources.flatMap(\.origins) }
}

/// A field of the message and what became of it.
public struct FieldFate: Sendable {
  /// Its path.
  public let path: String
  /// Its value: patient data.
  public let value: String
  /// Where it stands.
  public let place: Place
  /// The hub's fields that were made from it, with the lines that did.
  public let hub: [(path: String, rule: Rule?)]
  /// The paths of the fields that were written from it.
  public let written: [String]
}
