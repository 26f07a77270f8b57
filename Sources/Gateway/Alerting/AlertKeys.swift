import Mapping

/// The keys of `alerts` in a `sluss.yaml`.
enum AlertKeys {
  static let alerts = KeyTable(
    "the alerts",
    [
      KeyDefinition(
        "rules", .map(.name, .block(rule)), "What somebody is told of, by names of their own.",
        isRequired: true),
      KeyDefinition("receivers", .map(.name, .block(receiver)), "Who is told, by the names that rules use."),
      KeyDefinition("gateway", .text, "What this gateway is called in notices (sluss)."),
      KeyDefinition("look-every", .matching(.duration), "How often it is looked (15 s)."),
    ])

  static let rule = KeyTable(
    "an alert",
    [
      KeyDefinition("queue", .block(queue), "Deliveries that wait: too many, or one for too long."),
      KeyDefinition("dead", .block(dead), "Deliveries that were given up and wait for a person."),
      KeyDefinition("failures", .block(failures), "Too large a share that fails."),
      KeyDefinition("silence", .block(silence), "Nothing comes where something usually comes."),
      KeyDefinition(
        "certificate", .block(certificate), "A certificate ends soon: the gateway's, a target's."),
      KeyDefinition("store", .block(store), "The store fails or can't be read."),
      KeyDefinition("lasting", .matching(.duration), "How long it must be so before it is told (at once)."),
      KeyDefinition("calm", .matching(.duration), "How long all must be well before the end is told (60 s)."),
      KeyDefinition(
        "pause", .matching(.duration),
        "The least time between an end and the next start that is told (15 min)."
      ),
      KeyDefinition("tell", .list(of: .text), "The receivers.", isRequired: true),
    ])

  static let queue = KeyTable(
    "a queue's limits",
    [
      KeyDefinition("target", .text, "The target, or `*` for each (*)."),
      KeyDefinition("deeper-than", .number, "So many may wait."),
      KeyDefinition("older-than", .matching(.duration), "So long one may wait."),
    ])

  static let dead = KeyTable(
    "dead deliveries' limit",
    [
      KeyDefinition("target", .text, "The target, or `*` for each (*)."),
      KeyDefinition("more-than", .number, "So many are no alert (0)."),
    ])

  static let failures = KeyTable(
    "a limit of failures",
    [
      KeyDefinition(
        "mapping", .text, "Of the messages of a mapping: its name, `journal/*`, or `*` for each."),
      KeyDefinition("target", .text, "Of the attempts to deliver to a target, or `*` for each."),
      KeyDefinition(
        "percent", .either([.number, .matching(.percent)]), "The share that may fail, of 100.",
        isRequired: true),
      KeyDefinition("of-at-least", .number, "How many there must be for it to count (20)."),
      KeyDefinition("within", .matching(.duration), "In which time (15 min)."),
    ])

  static let silence = KeyTable(
    "a silence's limit",
    [
      KeyDefinition(
        "mapping", .text, "The mapping of the messages, or several: `visiba/*`.", isRequired: true),
      KeyDefinition("longer-than", .matching(.duration), "So long it may be silent.", isRequired: true),
      KeyDefinition(
        "hours", .matching(.dailyHours), "When something usually comes: `07:00-22:00` (at all hours)."),
      KeyDefinition("zone", .text, "The time zone of the hours (Europe/Stockholm)."),
    ])

  static let certificate = KeyTable(
    "a certificate's limit",
    [KeyDefinition("ends-within", .matching(.duration), "So soon (30 d).")])

  static let store = KeyTable(
    "the store's limit",
    [KeyDefinition("within", .matching(.duration), "How long a failure counts (5 min).")])

  static let receiver = KeyTable(
    "a receiver",
    [
      KeyDefinition("webhook", .block(webhook), "A service that takes JSON over HTTP."),
      KeyDefinition("mail", .block(mail), "People, by e-mail."),
    ])

  static let webhook = KeyTable(
    "a webhook", GatewayKeys.http.keys.filter { !["soap", "method"].contains($0.name) })

  static let mail = KeyTable(
    "e-mail",
    [
      KeyDefinition("host", .text, "The mail server's name or address.", isRequired: true),
      KeyDefinition("port", .number, "Its TCP port (587)."),
      KeyDefinition(
        "encryption", .choice(["starttls", "tls", "none"]),
        "TLS from STARTTLS on or from the beginning, or none, in private networks only (starttls)."),
      KeyDefinition(
        "network", .choice(["public", "private", "loopback"]), "Where it is, whatever its name says (public)."
      ),
      KeyDefinition("trust", .text, "The file of the authorities that are trusted, PEM (the system's)."),
      KeyDefinition("user", .text, "The user that it wants."),
      KeyDefinition(
        "password", .matching(.secretPlace), "The password: `env NAME` or `file PATH`, never the password."),
      KeyDefinition("from", .text, "The sender's address.", isRequired: true),
      KeyDefinition("to", .list(of: .text), "The receivers' addresses.", isRequired: true),
    ])
}

extension TextPattern {
  /// `0.5`, `20`
  fileprivate static let percent = TextPattern(#"^(?:100|[0-9]{1,2}(?:\.[0-9]+)?)$"#)
  fileprivate static let dailyHours = TextPattern(
    #"^[0-2][0-9]:[0-5][0-9] *- *[0-2][0-9]:[0-5][0-9]$"#)
}
