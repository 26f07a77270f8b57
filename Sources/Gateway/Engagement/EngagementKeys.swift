import Mapping

/// The keys of the section `engagement-index` of `sluss.yaml`.
enum EngagementKeys {
  static let section = KeyTable(
    "the engagement index",
    [
      KeyDefinition(
        "find-content", .block(GatewayKeys.http),
        "The index's FindContent, with its `soap`, which each night is asked about all who were told of; without it "
          + "nothing is reconciled."),
      KeyDefinition("reconcile-at", .matching(.timeOfDay), "When the night's reconciliation begins (03:30)."),
      KeyDefinition("time-zone", .text, "Whose clock `reconcile-at` goes by (Europe/Stockholm)."),
      KeyDefinition(
        "domains", .list(of: .text),
        "The service domains that are told of (riv:clinicalprocess:logistics:logistics, "
          + "riv:clinicalprocess:healthcond:description, riv:crm:scheduling)."),
      KeyDefinition(
        "sources", .list(of: .text),
        "The HSA-ids of the source systems whose posts are the gateway's; the reconciliation leaves all others alone."
      ),
      KeyDefinition("most", .number, "The most posts in one Update (1000)."),
    ])
}

extension TextPattern {
  /// `03:30`
  fileprivate static let timeOfDay = TextPattern(#"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"#)
}
