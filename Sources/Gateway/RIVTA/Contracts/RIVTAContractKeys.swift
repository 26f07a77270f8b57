import Mapping

/// The keys of `rivta.yaml` in the mappings' folder.
enum RIVTAContractKeys {
  static let file = KeyTable(
    "the contracts of RIV-TA",
    [
      KeyDefinition(
        "contracts", .map(.name, .block(contract)),
        "The contracts that are answered: interaction and major version, `GetCareContacts/3`.",
        isRequired: true)
    ])

  static let contract = KeyTable(
    "a contract",
    [
      KeyDefinition("domain", .text, "The namespace of its domain, without the version.", isRequired: true),
      KeyDefinition("query", .block(query), "The question to the hub that answers it."),
      KeyDefinition("look-up", .block(RIVTALookUpKeys.lookUp), "What is looked up in the hub to answer it."),
      KeyDefinition("service", .text, "The service of the gateway's that answers it."),
      KeyDefinition(
        "checks", .list(of: .choice(AccessCheck.allCases.map(\.rawValue))), "What is asked of others first."),
      KeyDefinition("kinds", .list(of: .text), "The kinds of what leaves, in the words of the audit log."),
    ])

  static let query = KeyTable(
    "a question to the hub",
    [
      KeyDefinition("request", .text, "The mapping of the request.", isRequired: true),
      KeyDefinition("answer", .text, "The mapping of the answer.", isRequired: true),
      KeyDefinition(
        "resources", .list(of: .text), "The kinds of resources of the patient that it takes.",
        isRequired: true),
      KeyDefinition("records", .text, "The element of the answer that holds one record.", isRequired: true),
      KeyDefinition("record", .block(record), "Where in a record it stands.", isRequired: true),
      KeyDefinition("most", .number, "The most records in one answer; the others are told with hasMore."),
      KeyDefinition("wrong", .choice(["result", "fault"]), "How a wrong question is told (result)."),
      KeyDefinition(
        "narrow", .map(.name, .list(of: .text)),
        "Kinds of resources and their searches of store.yaml, by which records are found that may tell of the days asked "
          + "for: each date that `period` and `times` can tell stands in one of them. Without it all records are looked at."
      ),
      KeyDefinition("information-type", .text, "What CheckBlocks calls records of this kind."),
    ])

  static let record = KeyTable(
    "the places in a record",
    [
      KeyDefinition("id", .list(of: .text), "The record's id, or the parts of it.", isRequired: true),
      KeyDefinition("source", .text, "The HSA-id of its source system.", isRequired: true),
      KeyDefinition("care-unit", .text, "The care unit that answers for it.", isRequired: true),
      KeyDefinition("care-giver", .text, "The care giver that answers for it.", isRequired: true),
      KeyDefinition("contact", .text, "The id of its care contact."),
      KeyDefinition("times", .list(of: .text), "Moments; one of them lies in the days asked for."),
      KeyDefinition("period", .list(of: .text), "Start and end of a time that overlaps the days asked for."),
    ])
}
