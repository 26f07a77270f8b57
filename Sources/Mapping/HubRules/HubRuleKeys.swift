/// The keys of `store.yaml`.
public enum HubRuleKeys {
  /// The file.
  public static let file = KeyTable(
    "a file about the hub's store",
    [
      KeyDefinition(
        "resources", .map(.name, .block(resource)), "The resource types that are kept.", isRequired: true),
      KeyDefinition(
        "time", typed,
        "When that happened which a message tells: the first of these that it has, by resource type; else the time of receipt."
      ),
      KeyDefinition("source", typed, "Which system tells it, likewise; else the mapping's name."),
      KeyDefinition(
        "messages", .map(.name, .block(message)), "What is special about the messages of a mapping."),
      KeyDefinition(
        "union", .map(.path, .list(of: .matching(.name))),
        "The elements to which several contributors add, and the members by which two items are the same. Of all other "
          + "elements what was told last counts."),
      KeyDefinition("time-zone", .text, "The zone of days that are told without an offset (UTC)."),
    ])

  private static let typed = KeyForm.map(.name, .matching(.formula))

  static let resource = KeyTable(
    "a resource type",
    [
      KeyDefinition(
        "key",
        .list(
          of: .either([
            .matching(.formula), .list(of: .matching(.formula)), .map(.name, .matching(.formula)),
          ])),
        "How one is told from another: the first that gives something. A list is several values together; a type with a "
          + "formula is the key of the resource that refers to it so. Else each message has its own.",
        isRequired: true),
      KeyDefinition(
        "of-each-source", .boolean, "Whether each system's are its own, whatever their keys (false)."),
      KeyDefinition(
        "patient", .matching(.formula), "The reference to the patient, or to a resource that has one."),
      KeyDefinition(
        "part-of", .matching(.formula), "The references to what it is part of, such as its visit."),
      KeyDefinition("nullified", .matching(.formula), "Whether it says that it was never right."),
      KeyDefinition("search", .map(.name, .block(search)), "The names by which it is found."),
    ])

  static let search = KeyTable(
    "a search key",
    [
      KeyDefinition("token", .matching(.formula), "Codes, identifiers, truth values or texts."),
      KeyDefinition("reference", .matching(.formula), "References to other resources."),
      KeyDefinition(
        "date", .matching(.formula), "Days, times or periods; by a type's first ones it is ordered."),
      KeyDefinition("alone", .boolean, "Whether it can be asked for without a patient (false)."),
      KeyDefinition(
        "lent", .boolean, "Whether what it is part of is found by it too, and the other parts (false)."),
    ])

  static let message = KeyTable(
    "the messages of a mapping",
    [
      KeyDefinition(
        "lists", .list(of: .matching(.name)),
        "The types of which a message tells all that are part of something, if it tells any: what it leaves out, its "
          + "system no longer tells."),
      KeyDefinition(
        "keep", .matching(.duration),
        "How long their content is kept, and that of their deliveries, since they came (for ever)."),
      KeyDefinition(
        "keep-after", .list(of: .matching(.name)),
        "The types whose time has to have been over for so long too, such as the visit that they tell of."),
      KeyDefinition(
        "mentions", .list(of: .matching(.name)),
        "The types that it speaks of only in passing: what others say of them goes before."),
      KeyDefinition(
        "remember", .choice(["nothing"]), "What it tells only goes on to where routes lead (all of it)."),
    ])
}
