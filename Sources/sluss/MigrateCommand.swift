import Foundation
import Gateway
import Store

extension Subcommand {
  static let migrate = Subcommand(
    name: "migrate",
    summary: "Moves a SQLite store to PostgreSQL.",
    usage: "--config FILE",
    text: """
      Copies everything that sluss.sqlite in the data folder of FILE (sluss.yaml) holds to the PostgreSQL database that FILE
      names as its store: messages, deliveries with the order of their lanes, the hub, the audit log and billing. The gateway
      must be stopped. All is one transaction: rows and bytes are counted on both sides before it is committed, and when
      anything goes wrong the database is as before.

      Afterwards the file is named sluss.sqlite.migrated, and the folder of its content keys sluss.sqlite.migrated.keys; keep
      both until you trust the new store, and no longer. Gateways that share the
      database need the same pseudonym.key and the same folder of the audit log's keys.

        sluss migrate --config /etc/sluss/sluss.yaml
      """,
    options: [
      Option("--config", "FILE", "the gateway's configuration, with `store: {postgresql: …}`"),
      Option("--data", "DIR", "the folder of the SQLite store (the configuration's)"),
    ],
    run: { arguments in
      var configuration = try GatewayConfiguration(file: arguments.required("--config"))
      configuration.dataFolder = arguments["--data"] ?? configuration.dataFolder
      guard case .postgresql(let choice) = configuration.store else {
        throw UsageError(message: "the configuration's `store` is not `postgresql`.")
      }
      let file = configuration.databaseFile
      let rows = try StoreMigration.run(from: file, to: choice.configuration())
      for (table, count) in rows.sorted(by: { $0.key < $1.key }) {
        print(String(count).padded(12) + table)
      }
      print("All arrived; \(file) is now \(try StoreMigration.setAside(file)).")
      return 0
    })
}
