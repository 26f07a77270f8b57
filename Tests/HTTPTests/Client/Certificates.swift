import Foundation
import TestRig

/// Throw-away certificates, made by `openssl` in a temporary folder that goes away with them.
final class Certificates: Sendable {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
  private let folder: TemporaryFolder

  /// Two authorities that do not know each other, servers of theirs, and clients of theirs.
  init() throws {
    folder = try TemporaryFolder()
    for authority in ["authority", "stranger"] {
      try request(authority, "-addext", "keyUsage=critical,keyCertSign")
      try sign("server", by: authority, names: "DNS:localhost,IP:127.0.0.1")
      try sign("misnamed", by: authority, names: "DNS:other.example")
      try sign("client", by: authority, names: "DNS:client.example")
    }
    try Data("garbage".utf8).write(to: URL(filePath: path("garbage.pem")))
  }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func sign(_ name: String, by authority: String, names: String) throws {
    try request(
      "\(name)-of-\(authority)", "-CA", path("\(authority).pem"), "-CAkey", path("\(authority).key"),
      "-addext", "subjectAltName=\(names)", "-addext", "basicConstraints=critical,CA:FALSE")
  }

  private func request(_ name: String, _ arguments: String...) throws {
    let made = try Program.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
      ] + arguments)
    guard made.status == 0 else { throw POSIXError(.EIO) }
  }
}
