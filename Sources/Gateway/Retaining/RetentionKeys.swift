import Mapping

/// The keys of `retention` in a `sluss.yaml`.
enum RetentionKeys {
  static let retention = KeyTable(
    "the retention",
    [
      KeyDefinition(
        "messages", .map(.name, .matching(.durationOrForever)),
        "How long the content of messages and of their deliveries is kept, by mapping: its name, `journal/*`, or `*`; the "
          + "first that fits counts. Goes before `keep` in store.yaml."),
      KeyDefinition(
        "hub", .map(.name, .matching(.duration)),
        "How long resources are kept of which only these systems told, since they last told of them: a source's name, a "
          + "beginning with `*`, or `*`."),
      KeyDefinition(
        "versions", .matching(.duration), "How long replaced versions of resources are kept (for ever)."),
      KeyDefinition("look-every", .matching(.duration), "How often it is looked what may go (1 h)."),
    ])
}

extension TextPattern {
  fileprivate static let durationOrForever = TextPattern(
    #"^(?:forever|[1-9][0-9]* *(?:ms|s|min|h|d))$"#)
}
