import Cryptography
import Foundation

/// Throw-away certificates by `scripts/certificates`, in a temporary folder that goes away with them.
public final class TestCertificates: Sendable {
  /// Whether `openssl` is there.
  public static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
  private let folder: TemporaryFolder

  /// Makes all of them.
  public init() throws {
    folder = try TemporaryFolder()
    let made = try Program.run(RepositoryFolder.path + "/scripts/certificates", [folder.path])
    guard made.status == 0 else { throw NotMade(told: made.told) }
  }

  /// `openssl` refused.
  public struct NotMade: Error {
    let told: String
  }

  /// The path of a file that the script makes.
  public func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// A server's files: its own certificate, and the authority for clients.
  public func server(authorities: Bool = true, revoked: String? = nil) -> TLSFiles {
    TLSFiles(
      certificate: path("server.pem"), key: path("server.key"),
      authorities: authorities ? path("authority.pem") : nil, revoked: revoked.map(path))
  }

  /// The SHA-256 of a certificate, as the script noted it.
  public func fingerprint(_ name: String) throws -> String {
    try String(contentsOfFile: path("\(name).sha256"), encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  /// Puts another file in the place of one.
  public func replace(_ name: String, by other: String) throws {
    try Data(contentsOf: URL(filePath: path(other))).write(to: URL(filePath: path(name)), options: .atomic)
  }
}
