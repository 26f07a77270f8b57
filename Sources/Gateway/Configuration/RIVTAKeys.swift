import Mapping

/// The keys of the section `rivta` of `sluss.yaml`.
enum RIVTAKeys {
  static let section = KeyTable(
    "RIV-TA",
    [
      KeyDefinition("id", .text, "The gateway's own HSA-id, by which calls that go in circles are found."),
      KeyDefinition(
        "addresses", .map(.name, .choice(["source", "all"])),
        "The logical addresses: one of a source system, or one that stands for all of them."),
      KeyDefinition(
        "consumers", .map(.name, .block(consumer)), "The systems of `systems` that may ask, by their names."),
      KeyDefinition(
        "checks",
        .map(.name, .block(GatewayKeys.http)),
        "The services `blocks`, `consent` and `patient-relation`, each with its `soap`."),
      KeyDefinition("at-once", .number, "How many requests are answered at once; others get VP009 (512)."),
      KeyDefinition("schemas", .text, "The folder of the contracts' WSDLs, for `?wsdl`."),
    ])

  static let consumer = KeyTable(
    "a consumer",
    [
      KeyDefinition(
        "contracts", .list(of: .text), "What it may ask: `GetCareContacts/3`, `GetCareContacts/*`, `*`."),
      KeyDefinition("addresses", .list(of: .text), "The logical addresses at which it may; `*` for all."),
      KeyDefinition(
        "originals", .list(of: .text), "The HSA-ids of the systems for which it may ask; `*` for all."),
      KeyDefinition(
        "own-checks", .list(of: .choice(AccessCheck.allCases.map(\.rawValue))),
        "The checks that it makes itself before it shows anything."),
      KeyDefinition("actor", .block(actor), "On whose behalf it asks."),
    ])

  static let actor = KeyTable(
    "an actor",
    [
      KeyDefinition("employee", .text, "The person's HSA-id, or `header NAME`."),
      KeyDefinition("care-unit", .text, "The HSA-id of the care unit, or `header NAME`."),
      KeyDefinition("care-giver", .text, "The HSA-id of the care giver, or `header NAME`."),
    ])
}
