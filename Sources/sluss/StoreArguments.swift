import Gateway
import Store

extension Subcommand {
  /// Which store a command works on by itself, without a gateway between.
  static let storeOptions = [
    Option(
      "--config", "FILE",
      "the gateway's configuration, which names the store (none: SQLite in the data folder)"),
    Option("--data", "DIR", "the folder of the database (data)"),
  ]
}

extension Arguments {
  /// The configuration that says where the store is.
  func storeConfiguration() throws -> GatewayConfiguration {
    var configuration = try self["--config"].map { try GatewayConfiguration(file: $0) } ?? .init()
    configuration.dataFolder = self["--data"] ?? configuration.dataFolder
    return configuration
  }
}
