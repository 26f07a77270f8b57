import Mapping

/// The keys of the section `fhir` of `sluss.yaml`.
enum FHIRKeys {
  static let section = KeyTable(
    "the FHIR façade",
    [
      KeyDefinition(
        "consumers", .map(.name, .block(consumer)),
        "The systems of `systems` that may read, by their names; `anybody` for whoever may come. Blocks, consent and "
          + "patient relation are asked of the services in `rivta.checks`.", isRequired: true)
    ])

  static let consumer = KeyTable(
    "a reader of the FHIR façade",
    [
      KeyDefinition(
        "own-checks", .list(of: .choice(AccessCheck.allCases.map(\.rawValue))),
        "The checks that it makes itself before it shows anything."),
      KeyDefinition("actor", .block(RIVTAKeys.actor), "On whose behalf it asks."),
    ])
}
