/// The keys of mapping files.
public enum MappingKeys {
  /// A mapping.
  public static let mapping = KeyTable(
    "a mapping",
    [
      KeyDefinition(
        "mapping", .matching(.name), "The name: the file's path without its ending.", isRequired: true),
      KeyDefinition(
        "sender", .choice(["sluss"]),
        "Who alone hands in such messages: `sluss` for facts of Sluss's own, which no other system may push."),
    ]
      + shared)

  /// A fragment, which mappings include.
  public static let fragment = KeyTable(
    "a mapping",
    [
      KeyDefinition(
        "fragment", .matching(.name), "The name: the file's path without its ending.", isRequired: true)
    ]
      + shared)

  private static let shared =
    [
      KeyDefinition("shape", .matching(.name), "The format's shape, when it is not called like the mapping."),
      KeyDefinition("of", .matching(.name), "A fragment's type in its shape."),
      KeyDefinition("identity", .matching(.path), "The field that holds the sender's message id."),
      KeyDefinition(
        "hub", .map(.name, .matching(.resource)),
        "The resources that one document is about: `name: Type as path where field = name`."),
      KeyDefinition(
        "slices", .shared(.slices), "Slices that only this mapping needs, by the resource's type."),
    ] + BlockKeys.lineKeys + [KeyDefinition("title", .text, "One line for people.")]
}
