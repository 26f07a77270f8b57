import Audit
import Cryptography
import Foundation
import Store
import TestRig
import Testing

/// A token of SoftHSM, with one RSA key.
private struct SoftToken {
  static let isPossible =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/softhsm2-util")
    && FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
  static let url = "pkcs11:token=sluss;object=master;type=private"
  static let pin = "43+2 1"

  let folder = NSTemporaryDirectory() + "sluss-token-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/tokens", withIntermediateDirectories: true)
    let configuration =
      "directories.tokendir = \(folder)/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    try configuration.write(toFile: folder + "/softhsm2.conf", atomically: true, encoding: .utf8)
    setenv("SOFTHSM2_CONF", folder + "/softhsm2.conf", 1)
    try run("/usr/bin/openssl", ["genpkey", "-algorithm", "RSA", "-out", folder + "/key.pem"])
    try run(
      "/usr/bin/softhsm2-util",
      ["--init-token", "--free", "--label", "sluss", "--so-pin", "12345678", "--pin", Self.pin])
    try run(
      "/usr/bin/softhsm2-util",
      [
        "--import", folder + "/key.pem", "--token", "sluss", "--label", "master", "--id", "01", "--pin",
        Self.pin,
      ])
  }

  private func run(_ program: String, _ arguments: [String]) throws {
    #expect(try Program.run(program, arguments).status == 0, "\(program) \(arguments.first ?? "")")
  }
}

@Suite("A master key that a PKCS #11 token wraps", .enabled(if: SoftToken.isPossible, "SoftHSM is not there"))
struct TokenTests {
  @Test("The log opens with the token and its PIN, not without, and the file alone holds no key")
  func token() async throws {
    let token = try SoftToken()
    defer { try? FileManager.default.removeItem(atPath: token.folder) }
    let folder = AuditFolder(token.folder + "/keys")
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let pin = folder.path + "/token.pin"
    try SoftToken.pin.write(toFile: pin, atomically: true, encoding: .utf8)
    #expect(throws: AuditError.self) { try folder.create(origin: "gw.test/audit", token: SoftToken.url) }
    chmod(pin, 0o600)
    try folder.create(origin: "gw.test/audit", token: SoftToken.url)

    let path = token.folder + "/store.sqlite"
    var store = try SQLiteMessageStore(path: path)
    try await AuditLog(store, keys: folder.masterKeys()).append([TemporaryLog.reading(1)])
    store.close()
    store = try SQLiteMessageStore(path: path)
    defer { store.close() }
    let stored = try #require(try store.auditEntries(from: 0, limit: 1).first)
    #expect(try AuditLog(store, keys: folder.masterKeys()).event(stored)?.patient == TemporaryLog.tolvan)

    let text = try String(contentsOfFile: folder.path + "/master.key", encoding: .utf8)
    let wrapped = try #require(
      text.split(separator: "\n").first?.split(separator: " ").last.flatMap {
        Data(base64Encoded: String($0))
      })
    #expect(text.hasPrefix("token 1 pkcs11:") && wrapped.count == 256)
    let key = TokenKey(url: SoftToken.url, pin: SoftToken.pin)
    #expect(try key.unwrap(Array(wrapped)).count == 32)
    #expect(throws: TokenKey.Failure.self) { try key.unwrap(Array(wrapped.reversed())) }
    try FileManager.default.removeItem(atPath: pin)
    #expect(throws: AuditError.self) { try folder.masterKeys() }
  }
}
