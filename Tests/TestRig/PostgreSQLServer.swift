import Foundation

/// A server of the tests' own in a temporary folder, reached through its socket there. It ends with this
/// process, whichever way that ends: its script reads from a pipe that only this process holds.
public final class PostgreSQLServer: @unchecked Sendable {
  /// It did not start, or ended.
  public struct Unstarted: Error {}
  /// It refused a command.
  public struct Refused: Error {}

  /// The one that most tests share, each in a schema of its own.
  public static let shared = Result { try PostgreSQLServer() }

  /// Whether there is one on this machine.
  public static let isInstalled = binaries != nil

  /// Where its socket and its data are.
  public let folder: String
  private let (commands, answers) = (Pipe(), Pipe())
  private let asking = NSLock()
  private let process: ChildProcess

  /// Starts one.
  public init() throws {
    guard let binaries = Self.binaries else { throw Unstarted() }
    folder = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process = try ChildProcess(
      "/bin/bash", ["-c", Self.script, "postgresql-of-tests", folder, binaries],
      input: .file(commands.fileHandleForReading), output: .file(answers.fileHandleForWriting))
    try commands.fileHandleForReading.close()
    try answers.fileHandleForWriting.close()
    guard try answer().isDone else { throw Unstarted() }
    // Its members need a password.
    try psql("CREATE ROLE guarded")
  }

  deinit {
    try? commands.fileHandleForWriting.close()
  }

  /// Ends it as a crash would; whoever is connected is cut off.
  public func stop() throws { try tell("stop") }

  /// Starts it again.
  public func start() throws { try tell("start") }

  /// A connection string for a schema, through the socket or as told.
  public func connection(to schema: String, at place: String? = nil) -> String {
    "\(place ?? "host=\(folder)") user=sluss dbname=postgres options=-csearch_path=\(schema)"
  }

  /// Runs statements with the server's own client; what it prints.
  @discardableResult
  public func psql(_ sql: String) throws -> String {
    try tell("psql " + sql.replacing("\n", with: " "))
  }

  // MARK: the script

  @discardableResult
  private func tell(_ command: String) throws -> String {
    try asking.withLock {
      try commands.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
      let (text, isDone) = try answer()
      guard isDone else { throw Refused() }
      return text
    }
  }

  /// What it prints up to its word on how it went.
  private func answer() throws -> (text: String, isDone: Bool) {
    var text = ""
    while true {
      let part = answers.fileHandleForReading.availableData
      guard !part.isEmpty else { throw Unstarted() }
      text += String(decoding: part, as: UTF8.self)
      for (word, isDone) in [("ready\n", true), ("refused\n", false)] where text.hasSuffix(word) {
        return (text.dropLast(word.count).trimmingCharacters(in: .whitespacesAndNewlines), isDone)
      }
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
      control start -o "-k '$folder' -c listen_addresses= -c fsync=off -c max_connections=1000" && echo ready
    }
    cd "$folder"
    as "$binaries/initdb" -D data -U sluss -A trust -E UTF8 --locale=C --no-sync >&2 &&
      as sed -i '1i local all +guarded scram-sha-256' data/pg_hba.conf && start
    while read -r command; do
      case $command in
        "psql "*)
          "$binaries/psql" -h "$folder" -U sluss -d postgres -qAtX -c "${command#psql }" </dev/null 2>/dev/null &&
            echo ready || echo refused ;;
        start) start ;;
        stop) control stop -m immediate && echo ready ;;
      esac
    done
    control stop -m immediate
    rm -rf "$folder"
    """#
}
