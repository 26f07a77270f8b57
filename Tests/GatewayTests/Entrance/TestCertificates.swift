import Cryptography
import Foundation

/// Throw-away certificates by `scripts/certificates`, in a temporary folder that goes away with them.
final class TestCertificates: Sendable {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../scripts/certificates").standardizedFileURL.path
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)").path
    let process = Process()
    process.executableURL = URL(filePath: Self.script)
    process.arguments = [folder]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw POSIXError(.EIO) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// A server's files: its own certificate, and the authority for clients.
  func server(authorities: Bool = true, revoked: String? = nil) -> TLSFiles {
    TLSFiles(
      certificate: path("server.pem"), key: path("server.key"),
      authorities: authorities ? path("authority.pem") : nil, revoked: revoked.map(path))
  }

  func fingerprint(_ name: String) throws -> String {
    try String(contentsOfFile: path("\(name).sha256"), encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  /// Puts another file in the place of one.
  func replace(_ name: String, by other: String) throws {
    try Data(contentsOf: URL(filePath: path(other))).write(to: URL(filePath: path(name)), options: .atomic)
  }
}
