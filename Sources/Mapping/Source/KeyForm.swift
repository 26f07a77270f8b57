/// What may stand behind a key.
public indirect enum KeyForm: Sendable {
  /// A text.
  case text
  /// A text of a certain form.
  case matching(TextPattern)
  /// A whole number, not negative.
  case number
  /// `true` or `false`.
  case boolean
  /// One of these words.
  case choice([String])
  /// A list, or one item alone.
  case list(of: KeyForm)
  /// Names of the file's own, each with something behind it.
  case map([MapRow], mayBeEmpty: Bool)
  /// Keys that are known.
  case block(KeyTable)
  /// Nothing.
  case nothing
  /// Any of these.
  case either([KeyForm])
  /// A form that stands in several places, or in itself.
  case shared(SharedForm)

  /// A map in which all names have the same form.
  public static func map(_ names: TextPattern, _ form: KeyForm) -> KeyForm {
    .map([MapRow(names: names, form: form)], mayBeEmpty: true)
  }
}

/// The names of a map that have one form.
public struct MapRow: Sendable {
  /// What the names look like.
  public let names: TextPattern
  /// What stands behind them.
  public let form: KeyForm
}

/// What a text looks like.
public struct TextPattern: Sendable {
  /// A regular expression that both ECMA-262 and Python understand, anchored.
  public let expression: String
  /// Texts that an editor may offer.
  public let suggestions: [String]

  /// Describes texts.
  public init(_ expression: String, suggestions: [String] = []) {
    self.expression = expression
    self.suggestions = suggestions
  }
}

/// The forms that stand in several places, or in themselves.
public enum SharedForm: String, Sendable {
  /// The tree of a shape.
  case fields
  /// Lines that hold in both directions.
  case both
  /// Lines that hold in one.
  case lines
  /// Declared slices.
  case slices

  /// The form itself.
  public var form: KeyForm {
    switch self {
    case .fields: ShapeKeys.fields
    case .both: BlockKeys.both
    case .lines: BlockKeys.lines
    case .slices: .map(.sliced, .map([MapRow(names: .path, form: .text)], mayBeEmpty: false))
    }
  }
}
