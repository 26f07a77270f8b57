import MLLP
import Mapping

/// The keys of the sections of `sluss.yaml` that say who may come, and over what.
enum EntranceKeys {
  static let tls = KeyTable(
    "the gateway's TLS",
    [
      KeyDefinition(
        "certificate", .text,
        "The file of the certificate, PEM, with those between it and its root behind it.",
        isRequired: true),
      KeyDefinition("key", .text, "The file of its unencrypted key, PEM.", isRequired: true),
      KeyDefinition(
        "client-authorities", .text, "The file of the authorities of systems' certificates, PEM."),
      KeyDefinition("revoked", .text, "The file of the authorities' lists of revoked certificates, PEM."),
      KeyDefinition(
        "client-certificates", .choice(["welcome", "demanded"]),
        "Whether who has no certificate may show a token instead (welcome)."),
    ])

  static let system = KeyTable(
    "a system",
    [
      KeyDefinition(
        "tokens", .list(of: .matching(.tokenHash)), "Hashes of its tokens; `sluss token new` makes them."),
      KeyDefinition("hsa-ids", .list(of: .text), "The HSA-ids of its certificates."),
      KeyDefinition(
        "fingerprints", .list(of: .matching(.fingerprint)), "The SHA-256 digests of its certificates."),
      KeyDefinition(
        "addresses", .list(of: .text), "Where it sends HL7 from without a certificate: `10.1.0.0/16`."),
    ]
      + Right.allCases.map { right in
        right.isForMappings
          ? KeyDefinition(right.rawValue, .list(of: .text), rights[right] ?? "")
          : KeyDefinition(right.rawValue, .boolean, rights[right] ?? "")
      })

  private static let rights: [Right: String] = [
    .push: "The mappings that it may hand in messages for: names, `journal/*`, or `*`.",
    .see: "The mappings whose messages it may see, without their content.",
    .seeBodies: "The mappings whose messages' content it may see.",
    .rerun: "The mappings whose messages it may have translated or delivered again.",
    .metrics: "Whether it may read the gateway's figures.",
    .billing: "Whether it may see and close what other regions are billed.",
    .admin: "Whether it may do what concerns the gateway as a whole.",
  ]

  static let mllp = KeyTable(
    "an MLLP entrance",
    [
      KeyDefinition("address", .text, "The address to listen on (127.0.0.1)."),
      KeyDefinition("port", .number, "The TCP port.", isRequired: true),
      KeyDefinition("mapping", .text, "The mapping of all messages that `messages` does not name."),
      KeyDefinition(
        "messages", .map(.name, .text), "The mappings by what MSH-9 says: `ADT^A01`, or `ADT` for all others."
      ),
      KeyDefinition(
        "acknowledgements", .choice(AcknowledgementMode.allCases.map(\.rawValue)),
        "As MSH-15 and 16 wish, or always in one mode (as-wished)."),
      KeyDefinition("plain", .boolean, "Speaks without TLS; on loopback and in private networks only."),
    ])
}

extension TextPattern {
  fileprivate static let tokenHash = TextPattern("^sha256:[0-9a-fA-F]{64}$")
  fileprivate static let fingerprint = TextPattern("^(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$")
}
