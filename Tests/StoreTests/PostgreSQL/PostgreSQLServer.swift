import Foundation
import Store

/// A server of the tests' own in a temporary folder, reached through its socket there. It ends with this
/// process, whichever way that ends: its script reads from a pipe that only this process holds.
final class PostgreSQLServer: @unchecked Sendable {
  struct Unstarted: Error {}
  struct Refused: Error {}

  /// The one that most tests share, each in a schema of its own.
  static let shared = Result { try PostgreSQLServer() }

  static let isInstalled = binaries != nil

  let folder: String
  private let process = Process()
  private let (commands, answers) = (Pipe(), Pipe())

  init() throws {
    guard let binaries = Self.binaries else { throw Unstarted() }
    folder = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", Self.script, "postgresql-of-tests", folder, binaries]
    process.standardInput = commands
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    try process.run()
    try awaitAnswer()
    // Its members need a password.
    try psql("CREATE ROLE guarded")
  }

  deinit {
    try? commands.fileHandleForWriting.close()
  }

  /// Ends it as a crash would; whoever is connected is cut off.
  func stop() throws { try tell("stop") }

  func start() throws { try tell("start") }

  /// A connection string for a schema, through the socket or as told.
  func connection(to schema: String, at place: String? = nil) -> String {
    "\(place ?? "host=\(folder)") user=sluss dbname=postgres options=-csearch_path=\(schema)"
  }

  /// Runs statements with the server's own client; what it prints.
  @discardableResult
  func psql(_ sql: String) throws -> String {
    let client = Process()
    let output = Pipe()
    client.executableURL = URL(filePath: (Self.binaries ?? "") + "/psql")
    client.arguments = ["-h", folder, "-U", "sluss", "-d", "postgres", "-qAtX", "-c", sql]
    client.standardOutput = output
    client.standardError = FileHandle.nullDevice
    try client.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    client.waitUntilExit()
    guard client.terminationStatus == 0 else { throw Refused() }
    return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func tell(_ command: String) throws {
    try commands.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
    try awaitAnswer()
  }

  private func awaitAnswer() throws {
    guard answers.fileHandleForReading.availableData.starts(with: Data("ready".utf8)) else {
      throw Unstarted()
    }
  }

  /// Debian's newest, or what `PATH` has.
  private static let binaries: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let newestFirst = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (newestFirst + path).first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  /// PostgreSQL refuses to run as root.
  private static let script = #"""
    # Whoever ends the tests by a signal to all must not leave the server behind.
    trap : TERM INT HUP
    folder=$1
    binaries=$2
    as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    control() { as "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -w "$@" >&2 </dev/null; }
    start() {
      control start -o "-k '$folder' -c listen_addresses= -c fsync=off -c max_connections=300" && echo ready
    }
    cd "$folder"
    as "$binaries/initdb" -D data -U sluss -A trust -E UTF8 --locale=C --no-sync >&2 &&
      as sed -i '1i local all +guarded scram-sha-256' data/pg_hba.conf && start
    while read -r command; do
      case $command in
        start) start ;;
        stop) control stop -m immediate && echo ready ;;
      esac
    done
    control stop -m immediate
    rm -rf "$folder"
    """#
}
