import Mapping

extension GatewayKeys {
  static let store = KeyTable(
    "a store",
    [
      KeyDefinition(
        "postgresql", .block(postgresql), "A database, 15 or newer, that several gateways may share.",
        isRequired: true)
    ])

  private static let text =
    "How to connect, as libpq reads it, without a password: `host=db dbname=sluss user=sluss`."

  static let postgresql = KeyTable(
    "a PostgreSQL store",
    [
      KeyDefinition("connection", .text, text, isRequired: true),
      KeyDefinition(
        "password", .matching(.place), "The password: `env NAME` or `file PATH`, never the password itself."),
      KeyDefinition(
        "lease", .matching(.lease),
        "How long a gateway may show no sign of life until others take over what it was at (30 s)."),
    ])
}

extension TextPattern {
  fileprivate static let place = TextPattern(#"^(?:env|file) +\S.*$"#)
  /// `30 s`, `2 min`
  fileprivate static let lease = TextPattern(#"^[1-9][0-9]* *(?:s|min)$"#)
}
