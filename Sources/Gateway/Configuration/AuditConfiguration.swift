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
    ])
}

extension TextPattern {
  /// `30 s`, `15 min`
  fileprivate static let span = TextPattern(#"^[1-9][0-9]* *(?:ms|s|min|h|d)$"#)
}
