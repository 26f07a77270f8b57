/// The keys of `routes.yaml`.
public enum RouteKeys {
  /// The file.
  public static let file = KeyTable(
    "a file of routes",
    [
      KeyDefinition(
        "routes", .map(.name, .block(route)),
        "The routes by their names, which deliveries keep: don't change one.",
        isRequired: true)
    ])

  static let route = KeyTable(
    "a route",
    [
      KeyDefinition(
        "from", .list(of: .matching(.name)), "The mapping, or several, whose messages take the route.",
        isRequired: true),
      KeyDefinition(
        "when", .matching(.formula),
        "The condition, about the hub's resources by the names that the mapping gives them."),
      KeyDefinition(
        "to", .map(.name, .matching(.name)),
        "The targets, and the mapping that writes what each gets, or hub.",
        isRequired: true),
      KeyDefinition(
        "order", .matching(.formula),
        "What must stay in order, such as the patient's number: deliveries to one target with the same value go one after "
          + "another."),
      KeyDefinition("delivery", .block(delivery), "How hard it is tried."),
      KeyDefinition("title", .text, "One line for people."),
    ])

  static let delivery = KeyTable(
    "a delivery",
    [
      KeyDefinition("timeout", .matching(.duration), "How long an attempt may take (30 s)."),
      KeyDefinition(
        "backoff", .matching(.durations),
        "How long the first pause is at most, and the longest: each is twice the one before, of which a random part is "
          + "waited (1 s to 15 min)."),
      KeyDefinition("give-up-after", .matching(.duration), "When a delivery is dead (72 h)."),
      KeyDefinition("attempts", .number, "After how many attempts it is dead sooner (no limit)."),
      KeyDefinition(
        "when-dead", .choice(["hold", "step-aside"]),
        "Whether later deliveries with the same order wait for a person too, or go on (hold)."),
      KeyDefinition(
        "success", .list(of: .either([.number, .matching(.statuses)])),
        "The HTTP statuses that count as delivered (200-299)."),
      KeyDefinition(
        "answer", .block(answer), "What the answer's body must say too, such as RIV-TA's result code."),
    ])

  /// What an answer must say for a delivery to count.
  public static let answer = KeyTable(
    "an answer",
    [
      KeyDefinition(
        "shape", .matching(.name),
        "Its shape, by which formulas are checked; of SOAP what is in the envelope's body."),
      KeyDefinition(
        "delivered", .matching(.formula),
        "True when the delivery was taken; false when not, and then it is dead.", isRequired: true),
      KeyDefinition(
        "retry", .matching(.formula), "True when one that was not taken is to be tried again (never)."),
    ])
}

extension TextPattern {
  /// `30 s`, `15 min`
  public static let duration = TextPattern(#"^[1-9][0-9]* *(?:ms|s|min|h|d)$"#)
  /// `1 s to 15 min`
  static let durations = TextPattern(
    #"^[1-9][0-9]* *(?:ms|s|min|h|d) +to +[1-9][0-9]* *(?:ms|s|min|h|d)$"#)
  /// `200`, `200-299`
  static let statuses = TextPattern(#"^[1-5][0-9]{2}(?: *- *[1-5][0-9]{2})?$"#)
}
