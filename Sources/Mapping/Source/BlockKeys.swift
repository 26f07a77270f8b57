/// The keys of the blocks in a mapping, and the forms of its lines.
enum BlockKeys {
  static let lineKeys = [
    KeyDefinition(
      "both", .shared(.both), "Lines for both directions: a path in the format, a path in the hub."),
    KeyDefinition("in", .shared(.lines), "Lines from the format to the hub: a path in the hub, its source."),
    KeyDefinition(
      "out", .shared(.lines), "Lines from the hub to the format: a path in the format, its source."),
  ]

  /// A repetition.
  static let each = KeyTable(
    "a repetition",
    [
      KeyDefinition(
        "each",
        .either([.matching(.namedResource), .matching(.elements), .map(.name, .matching(.resource))]),
        "What one element is in the hub: `Type name where …`, `path* as name`, or several resources.",
        isRequired: true),
      KeyDefinition("when", .block(when), "Which elements the block is about, by direction."),
    ] + lineKeys)

  /// A fragment in place of a line.
  static let include = KeyTable(
    "a block",
    [
      KeyDefinition("include", .matching(.name), "The fragment's name.", isRequired: true),
      KeyDefinition("with", .map(.name, .matching(.path)), "The fragment's names and what they are here."),
    ])

  /// The conditions of a repetition.
  static let when = KeyTable(
    "a condition",
    [
      KeyDefinition("in", .matching(.formula), "Asked of each element of the format."),
      KeyDefinition("out", .matching(.formula), "Asked of each resource or element of the hub."),
    ])

  /// The lines of `both`.
  static let both = KeyForm.map(
    [
      MapRow(names: .repetition, form: .block(each)),
      MapRow(names: .path, form: .either([.matching(.pipeline), .block(include)])),
    ], mayBeEmpty: true)

  /// The lines of `in` and `out`.
  static let lines = KeyForm.map(.path, .either([.matching(.pipeline), .matching(.formula)]))
}
