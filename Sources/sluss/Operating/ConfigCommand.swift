import Gateway

extension Subcommand {
  static let config = Subcommand(
    name: "config",
    summary: "Checks a gateway's configuration, and tells what it may say.",
    usage: "check [FILE] | keys",
    text: """
      `check` reads FILE (sluss.yaml) as `sluss serve --config FILE` would, and tells all that is wrong with it: unknown keys,
      values out of range, certificates and secrets that can't be read, folders that can't be written to, ports that are in
      use, and systems, entrances, routes, alerts and retention that name what is not there. Ends with 1 when the gateway
      would not start with it.
      `keys` lists every setting with what it says and, in parentheses, what holds without it.

        sluss config check /etc/sluss/sluss.yaml
        sluss config keys
      """,
    options: [Option("--article", "list the settings as a page in Markdown")],
    run: { arguments in
      switch arguments.words.first {
      case "check" where arguments.words.count <= 2: return try check(arguments.words.dropFirst().first)
      case "keys" where arguments.words.count == 1: return list(asArticle: arguments.has("--article"))
      default: throw UsageError(message: "`check` and at most one file are needed, or `keys`.")
      }
    })

  private static func check(_ name: String?) throws -> Int32 {
    let file = name ?? "sluss.yaml"
    let configuration = try GatewayConfiguration(file: file)
    let library = try MappingFolder.load(configuration.mappingsFolder)
    let warnings =
      try configuration.warnings(in: library)
      + ContractFile.warnings(configuration.mappingsFolder, library)
    let faults = configuration.faults()
    for fault in faults { Console.complain("error: \(fault)") }
    for warning in warnings { Console.complain("warning: \(warning)") }
    guard faults.isEmpty else { return 1 }
    let rest = warnings.isEmpty ? "all well" : "it starts; see the warnings"
    print(
      "\(file): \(configuration.targets.count) targets, \(configuration.alerts.rules.count) alerts, \(rest)")
    return 0
  }

  private static func list(asArticle: Bool) -> Int32 {
    if asArticle {
      print(ConfigurationReference.article, terminator: "")
    } else {
      let settings = ConfigurationReference.settings
      print(TextTable.text(["SETTING", "WHAT IT SAYS"], settings.map { [$0.path, $0.text] }))
    }
    return 0
  }
}
