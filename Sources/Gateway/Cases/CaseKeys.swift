import Mapping

/// The keys of `case.yaml`.
enum CaseKeys {
  static let table = KeyTable(
    "a case",
    [
      KeyDefinition("case", .text, "What the case shows, one sentence."),
      KeyDefinition("from", .text, "The mapping that reads the input, or hub.", isRequired: true),
      KeyDefinition("input", .text, "The file that goes in.", isRequired: true),
      KeyDefinition(
        "to", .map(.name, .either([.text, .nothing])),
        "What must come out: a mapping or hub, and the file; no file when that translation is refused."),
      KeyDefinition(
        "rejects", .list(of: .matching(TextPattern(#"^SL\d{4}$"#))),
        "The codes with which the input must be refused."),
      KeyDefinition("back", .boolean, "Whether the hub, mapped back, must give the input again (false)."),
      KeyDefinition("received", .text, "The time of receipt, for formulas."),
      KeyDefinition("id", .text, "The message's id, for formulas."),
    ])
}
