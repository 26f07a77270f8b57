import Gateway

extension Subcommand {
  static let backup = Subcommand(
    name: "backup",
    summary: "Copies a running gateway's store into a file.",
    usage: "",
    text: """
      Asks a running gateway for a copy of its SQLite store as it is at one moment, and prints the file's name. The gateway
      goes on meanwhile. The file is in the folder `backups` of its data folder; it is there only once it is whole: written
      to disk and checked. Needs the right `admin`.

      The keys are not in it, so that who has a backup alone can read no patient's audit entries: keep pseudonym.key and the
      audit log's folder elsewhere. To restore, stop the gateway, put the file in the place of sluss.sqlite, remove
      sluss.sqlite-wal and sluss.sqlite-shm, and start it; the audit log notices that it is behind its last checkpoint.

      A PostgreSQL store is backed up by PostgreSQL's own tools: pg_basebackup with continuous archiving loses nothing that
      was committed, pg_dump gives one moment.

        sluss backup --at http://127.0.0.1:8080 --token-file admin.token
      """,
    options: gatewayOptions,
    run: { arguments in
      let made = try arguments.gateway().send("POST", "/backup").read(BackupMade.self)
      Console.complain("\(made.bytes) bytes, checked")
      print(made.file)
      return 0
    })
}

private struct BackupMade: Decodable {
  let file: String
  let bytes: Int
}
