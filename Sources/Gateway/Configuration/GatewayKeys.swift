import Mapping

/// The keys of `sluss.yaml`.
enum GatewayKeys {
  static let file = KeyTable(
    "a configuration",
    [
      KeyDefinition("address", .text, "The address to listen on (127.0.0.1)."),
      KeyDefinition("port", .number, "The TCP port; 0 takes a free one (8080)."),
      KeyDefinition("data", .text, "The folder of the database; made when missing (data)."),
      KeyDefinition(
        "store", .either([.choice(["sqlite"]), .block(store)]),
        "Where messages are kept: `sqlite`, a file in the data folder, or `postgresql` with its settings (sqlite)."
      ),
      KeyDefinition("mappings", .text, "The folder of mappings and routes (Mappings)."),
      KeyDefinition("largest-message", .number, "The largest message in bytes (10485760)."),
      KeyDefinition(
        "stop-within", .matching(.duration),
        "How long finishing what is under way may take; then it ends as it is, and the next start goes on (60 s)."
      ),
      KeyDefinition(
        "log", .choice(["text", "json"]), "How it tells what happens, on standard error (text)."),
      KeyDefinition(
        "tls", .block(EntranceKeys.tls), "Certificates; without them it listens on loopback only."),
      KeyDefinition(
        "systems", .either([.choice(["anybody"]), .map(.name, .block(EntranceKeys.system))]),
        "Who may do what; nobody else may anything. `anybody` on loopback, for trying things out."),
      KeyDefinition("mllp", .map(.name, .block(EntranceKeys.mllp)), "Where HL7 v2 is taken over MLLP."),
      KeyDefinition("audit", .block(audit), "The audit log: who did what with whose data."),
      KeyDefinition("rivta", .block(RIVTAKeys.section), "What is answered over RIV-TA, and to whom."),
      KeyDefinition(
        "fhir", .block(FHIRKeys.section),
        "Who may read the hub as FHIR; without it nobody, unless anybody may come."),
      KeyDefinition(
        "engagement-index", .block(EngagementKeys.section),
        "The engagement index is told what the hub implies; where Updates go, the routes say. Without it, it is not."
      ),
      KeyDefinition(
        "targets", .map(.name, .block(target)), "Where routes deliver to, by the names that routes use."),
      KeyDefinition("alerts", .block(AlertKeys.alerts), "Who is told when something is wrong."),
      KeyDefinition(
        "retention", .block(RetentionKeys.retention),
        "How long what was received and sent is kept; without it what store.yaml says."),
    ])

  static let target = KeyTable(
    "a target",
    [
      KeyDefinition("http", .block(http), "A system that takes documents over HTTP."),
      KeyDefinition("mllp", .block(mllp), "A system that takes HL7 v2 over MLLP, host and port."),
      KeyDefinition("directory", .text, "A folder that gets a file for each delivery."),
      KeyDefinition("at-once", .number, "How many deliveries may be under way at once (4; MLLP: 1)."),
    ])

  static let http = KeyTable(
    "an HTTP target",
    [
      KeyDefinition("url", .text, "Where documents are sent.", isRequired: true),
      KeyDefinition("method", .choice(["POST", "PUT"]), "The method (POST)."),
      KeyDefinition(
        "network", .choice(["public", "private", "loopback"]),
        "Where the system is, whatever its name says (public); http is for private and loopback only."),
      KeyDefinition("headers", .map(.name, .text), "Further headers."),
      KeyDefinition("soap", .block(soap), "Documents go in a SOAP envelope, as RIV-TA wants it."),
      KeyDefinition(
        "token", .matching(.secret), "The bearer token: `env NAME` or `file PATH`, never the token itself."),
      KeyDefinition("certificate", .text, "The file of the client certificate, PEM."),
      KeyDefinition("key", .text, "The file of its key, PEM."),
      KeyDefinition("trust", .text, "The file of the authorities that are trusted, PEM (the system's)."),
    ])

  static let soap = KeyTable(
    "a SOAP service",
    [
      KeyDefinition("action", .text, "The SOAPAction of its contract's interaction.", isRequired: true),
      KeyDefinition(
        "logical-address", .text, "The logical address: the receiver's HSA-id.", isRequired: true),
    ])

  static let mllp = KeyTable(
    "an MLLP target",
    [
      KeyDefinition("host", .text, "The system's name or address.", isRequired: true),
      KeyDefinition("port", .number, "Its TCP port.", isRequired: true),
      KeyDefinition(
        "trust", .text, "The file of the authorities of its certificate, PEM; without it plain TCP."),
      KeyDefinition("certificate", .text, "The file of the client certificate, PEM."),
      KeyDefinition("key", .text, "The file of its key, PEM."),
    ])
}

extension TextPattern {
  static let secretPlace = secret
  fileprivate static let secret = TextPattern(#"^(?:env|file) +\S.*$"#)
}
