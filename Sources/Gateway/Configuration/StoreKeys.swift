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
        """
        Others have taken over what a gateway was at that long after its last sign of life; at least twice the \
        longest `timeout` of a route (60 s).
        """),
      KeyDefinition(
        "progress-within", .matching(.progress),
        """
        Another gateway translates in the place of one that lives, but has not got further than the same message for \
        that long; at least the lease (three times the lease).
        """),
    ])
}

extension TextPattern {
  fileprivate static let place = TextPattern(#"^(?:env|file) +\S.*$"#)
  /// `30 s`, `2 min`
  fileprivate static let lease = TextPattern(#"^[1-9][0-9]* *(?:s|min)$"#)
  /// `30 s`, `2 min`, `1 h`
  fileprivate static let progress = TextPattern(#"^[1-9][0-9]* *(?:s|min|h)$"#)
}
