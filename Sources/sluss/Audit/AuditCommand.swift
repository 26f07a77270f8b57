import Audit

extension Subcommand {
  static let audit = Subcommand(
    name: "audit",
    summary: "Checks, searches and exports the audit log.",
    usage: "init|verify|export|prove|search|report|control …",
    text: """
      The gateway must be stopped, or DIR be a copy: one process only has a store open. Reading the log is logged,
      under the name that --as gives.

        init                       makes keys for a new log, and witnesses
        verify PACKAGE             checks an exported package and names the first wrong entry
        verify --store             checks the store with all that was signed outside it
        export FOLDER [ENTRY…]     signs a checkpoint and writes a package, with a proof for each ENTRY
        prove ENTRY                prints the proof of an entry
        search                     lists entries
        report                     who has read a patient's record, in Swedish
        control                    what the rules of systematic control select

        sluss audit init --keys /etc/sluss/audit --origin gw.region.se/audit --witness w.region.se/1
        sluss audit verify --store --data /var/lib/sluss --keys /etc/sluss/audit
        sluss audit report --patient 191212121212 --as SE2321000016-DPO --format csv
      """,
    options: [
      Option("--keys", "DIR", "the folder of the log's keys and its last checkpoint (audit)"),
      Option("--store", "verify the store instead of a package"),
      Option("--trust", "KEY", "the log's public key, when verifying a package"),
      Option("--signed-end", "when verifying, find fault with entries behind the last checkpoint"),
      Option("--as", "HSA-ID", "who asks"),
      Option("--purpose", "TEXT", "why (Administration)"),
      Option("--patient", "NUMBER", "whom entries are about: a personnummer, or SYSTEM|VALUE"),
      Option("--person", "HSA-ID", "who did it"),
      Option("--unit", "HSA-ID", "at which care unit"),
      Option("--action", "NAME", "what was done, as read or write"),
      Option("--since", "TIME", "from this day, or time in UTC, on"),
      Option("--until", "TIME", "before it"),
      Option("--rules", "FILE", "the thresholds of systematic control"),
      Option("--format", "NAME", "text, csv or json (text; csv for control)"),
      Option("--origin", "NAME", "the name of a new log"),
      Option("--witness", "NAME", "the name of a new witness in a folder of its own"),
    ] + storeOptions,
    run: { arguments in
      let action = arguments.words.first ?? ""
      guard let run = actions[action] else {
        throw UsageError(message: "one of \(actions.keys.sorted().joined(separator: ", ")) is needed.")
      }
      return try Waiting.until { try await run(AuditArguments(arguments)) }
    })

  private static let actions: [String: @Sendable (AuditArguments) async throws -> Int32] = [
    "init": AuditInit.run, "verify": AuditVerify.run, "export": AuditExport.run, "prove": AuditProve.run,
    "search": AuditSearch.run, "report": AuditReport.run, "control": AuditControl.run,
  ]
}
