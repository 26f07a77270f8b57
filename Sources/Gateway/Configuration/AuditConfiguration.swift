import Mapping

/// Where the audit log's keys lie, and how often it is signed.
public struct AuditConfiguration: Sendable, Equatable {
  /// The folder of its keys and of the last checkpoint's second place; in the data folder when nil, where whoever
  /// restores the store from a backup restores it too.
  public var folder: String?
  /// The log's name, in a new log's keys.
  public var origin = "sluss.local/audit"
  /// The gateway's own HSA-id in the entries.
  public var system = "sluss"
  /// How often a checkpoint is signed.
  public var signEvery = Duration.seconds(60)
  /// How long an access may wait until it goes where the routes from `audit/entry` lead; nil when none goes.
  public var forwardEvery: Duration?
  /// The witnesses that are asked over HTTP, by name.
  public var witnesses: [String: WitnessConfiguration] = [:]

  /// The standard configuration.
  public init() {}
}

extension GatewayKeys {
  static let audit = KeyTable(
    "the audit log",
    [
      KeyDefinition(
        "folder", .text,
        "The folder of its keys and of the last signed checkpoint, best on another machine's disk (audit, in the data folder)."
      ),
      KeyDefinition("origin", .text, "The log's name, as gw.region.se/audit (sluss.local/audit)."),
      KeyDefinition("system", .text, "The gateway's own HSA-id (sluss)."),
      KeyDefinition("sign-every", .matching(.span), "How often a checkpoint is signed (60 s)."),
      KeyDefinition(
        "forward-every", .matching(.span),
        "How often accesses go where the routes from `audit/entry` lead, as to the national log service (never)."
      ),
      KeyDefinition(
        "witnesses", .map(.name, .block(witness)),
        "Who cosigns checkpoints over HTTP (C2SP tlog-witness), beside those with a folder of their own."),
    ])

  static let witness = KeyTable(
    "a witness",
    [
      KeyDefinition("key", .text, "Its public key, as C2SP signed-note writes it.", isRequired: true),
      KeyDefinition("http", .block(http), "Where it is.", isRequired: true),
    ])
}

extension TextPattern {
  /// `30 s`, `15 min`
  fileprivate static let span = TextPattern(#"^[1-9][0-9]* *(?:ms|s|min|h|d)$"#)
}
