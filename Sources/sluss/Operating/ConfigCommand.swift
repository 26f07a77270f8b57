import Gateway

extension Subcommand {
  static let config = Subcommand(
    name: "config",
    summary: "Checks a gateway's configuration.",
    usage: "check [FILE]",
    text: """
      Reads FILE (sluss.yaml) as `sluss serve --config FILE` would, and tells all that is wrong with it: unknown keys, values
      out of range, secrets that can't be read, targets that routes name and the file does not. Ends with 1 when the gateway
      would not start with it.

        sluss config check /etc/sluss/sluss.yaml
      """,
    options: [],
    run: { arguments in
      guard arguments.words.first == "check", arguments.words.count <= 2 else {
        throw UsageError(message: "`check` and at most one file are needed.")
      }
      let file = arguments.words.dropFirst().first ?? "sluss.yaml"
      let configuration = try GatewayConfiguration(file: file)
      let warnings = try configuration.warnings(in: MappingFolder.load(configuration.mappingsFolder))
      for warning in warnings { Console.complain("warning: \(warning)") }
      print("\(file): \(configuration.targets.count) targets, all well")
      return 0
    })
}
