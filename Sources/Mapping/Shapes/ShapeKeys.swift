/// The keys of shape files.
public enum ShapeKeys {
  /// A shape.
  public static let shape = KeyTable(
    "a shape",
    [
      KeyDefinition(
        "shape", .matching(.name), "The name: the file's path without its ending.", isRequired: true),
      KeyDefinition("title", .text, "One line for people."),
      KeyDefinition(
        "format", .choice(Format.allCases.map(\.rawValue)), "What documents are written in (json)."),
      KeyDefinition("uses", .list(of: .matching(.name)), "Shapes whose types may be used here."),
      KeyDefinition("types", .map(.name, .shared(.fields)), "Named trees, which fields use by name."),
      KeyDefinition("fields", .shared(.fields), "The tree: `name: type`, or further fields."),
      KeyDefinition("slices", .shared(.slices), "Names for repeated elements that have fixed values."),
      KeyDefinition("closed", .boolean, "Whether fields that the shape does not name are refused (false)."),
      KeyDefinition("namespaces", .map(.name, .text), "XML: prefixes and their namespaces."),
      KeyDefinition("root", .matching(.name), "XML: the root element."),
      KeyDefinition("dialect", .block(DialectKeys.table), "CSV: how the table is written."),
      KeyDefinition(
        "choices", .list(of: .matching(.path)), "Choice elements, by what their fields' names begin with."),
      KeyDefinition(
        "kinds", .map(.name, .text), "What formulas call types: a type, and the type that it is a kind of."),
      KeyDefinition("scalars", .map(.scalar, .text), "What formulas call types of values."),
      KeyDefinition("nested", .matching(.name), "What formulas call nested trees."),
      KeyDefinition("namespace", .text, "What formulas call the namespace of the shape's types."),
    ])

  /// `name: type` lines.
  static let fields = KeyForm.map(
    [MapRow(names: .field, form: .either([.matching(.type), .shared(.fields)]))], mayBeEmpty: false)
}

extension TextPattern {
  private static let scalarExpression = ScalarType.expression

  /// `c:careContact*`, `$root?`, `$`
  static let field = TextPattern("^[^?*+!]+[?*+!]?$")
  /// `code(a, b)`, `uri as canonical`, `= value`, or a type's name
  static let type = TextPattern(
    #"^(?:=(?: .*)?|\#(scalarExpression)(?:\s+as\s+\S+)?|[^\s()=,|]+)$"#, suggestions: ScalarType.words)
  /// `instant(partial)`, or a type without its brackets
  static let scalar = TextPattern(
    "^(?:\(scalarExpression)|\(ScalarType.keywords.sorted().joined(separator: "|")))$")
}
