import Audit
import Cryptography
import Foundation
import Gateway
import HTTP
import Synchronization
import TestRig
import Testing

/// A witness of somebody else's, asked over the network.
@Suite("A witness over HTTP", .timeLimit(.minutes(60)))
struct HTTPWitnessTests {
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  /// A server that does what a folder's witness does.
  private func serve(_ keys: SigningKeys, knowing log: [NoteKey], tls: RenewableCredentials? = nil) throws
    -> (server: HTTPServer, asked: Counted)
  {
    let folder = data + "/witness"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let witness = DirectoryWitness(folder: folder, keys: keys, log: log)
    let asked = Counted()
    var configuration = HTTPConfiguration()
    configuration.tls = tls
    let server = try HTTPServer(configuration: configuration) { request, reply in
      asked.note(request.path, request.header("Authorization"))
      reply.send(Self.answer(request, by: witness))
    }
    return (server, asked)
  }

  private static func answer(_ request: HTTPRequest, by witness: DirectoryWitness) -> HTTPResponse {
    let asked = WitnessRequest(String(decoding: request.body, as: UTF8.self))
    switch asked.flatMap({ try? witness.cosign($0, time: 7) }) {
    case .cosigned(let signature):
      let note = SignedNote(text: "x\n", signatures: [signature]).description
      return HTTPResponse(status: 200, body: Array(note.split(separator: "\n")[1].utf8) + [10])
    case .knows(let size): return HTTPResponse(status: 409, body: Array("\(size)\n".utf8))
    case .refused: return HTTPResponse(status: 403, body: [])
    case nil: return HTTPResponse(status: 400, body: [])
    }
  }

  private func gateway(_ settings: String) throws -> RunningGateway {
    let configured = try GatewayConfiguration(
      text: "systems: anybody\naudit: {sign-every: 50 ms, witnesses: {neighbour: \(settings)}}\n",
      named: "sluss.yaml")
    return try RunningGateway(data: data) { $0.audit = configured.audit }
  }

  /// The names under the last checkpoint that the witness keeps, once it has one.
  private func signers(_ name: String) -> [String] {
    look {
      let text = (try? String(contentsOfFile: data + "/witness/checkpoint", encoding: .utf8)) ?? ""
      return SignedNote(text)?.signatures.map(\.name) ?? []
    } until: {
      $0.contains(name)
    }
  }

  /// The gateway's own keys, made before it starts: the witness has to know them.
  private func keys() throws -> (log: [NoteKey], witness: SigningKeys) {
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let folder = AuditFolder(data + "/audit")
    try folder.create(origin: "gw.test/audit")
    try SigningKeys.create(data + "/witness.key", name: "w.test/1", kind: .cosignature)
    return (try folder.signingKeys().keys, try SigningKeys(data + "/witness.key"))
  }

  @Test("cosigns what the gateway signs, and grows with it")
  func plain() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let (log, witness) = try keys()
    let (server, asked) = try serve(witness, knowing: log)
    defer { server.stop() }
    let settings =
      "{key: \"\(witness.signer.key)\", http: {url: \"http://127.0.0.1:\(server.port)/log/\", network: loopback}}"
    var gateway = try gateway(settings)
    #expect(signers("w.test/1") == ["gw.test/audit", "w.test/1"])
    gateway.stop()
    gateway = try self.gateway(settings)
    gateway.stop()
    let verification = try GatewayLog(data).verify()
    #expect(verification.findings == [] && verification.checkpoints > 1)
    #expect(asked.paths == ["/log/add-checkpoint"])
  }

  @Test(
    "is asked over TLS with a secret, and one whose certificate is not believed is not",
    .enabled(if: TestCertificates.isPossible, "openssl is not installed"))
  func secured() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let certificates = try TestCertificates()
    let (log, witness) = try keys()
    let (server, asked) = try serve(
      witness, knowing: log, tls: RenewableCredentials(certificates.server(authorities: false)))
    defer { server.stop() }
    try Data("secret\n".utf8).write(to: URL(fileURLWithPath: data + "/token"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: data + "/token")
    func settings(_ authority: String) -> String {
      "{key: \"\(witness.signer.key)\", http: {url: \"https://127.0.0.1:\(server.port)\", network: loopback, "
        + "trust: \"\(certificates.path(authority + ".pem"))\", token: \"file \(data)/token\"}}"
    }
    let stranger = try gateway(settings("stranger"))
    let own = look {
      (try? String(contentsOfFile: data + "/audit/checkpoint", encoding: .utf8)).flatMap { SignedNote($0) }
    } until: {
      $0 != nil
    }
    #expect(own?.signatures.map(\.name) == ["gw.test/audit"], "it signs without a witness, too")
    usleep(300_000)
    stranger.stop()
    #expect(asked.paths.isEmpty)

    let gateway = try gateway(settings("authority"))
    #expect(try gateway.post(Array("{}".utf8), to: "/replay?dry-run=false").status == 200)
    #expect(signers("w.test/1") == ["gw.test/audit", "w.test/1"])
    gateway.stop()
    #expect(asked.secrets == ["Bearer secret"])
  }

  /// What was asked.
  private final class Counted: Sendable {
    private let all = Mutex<(paths: Set<String>, secrets: Set<String>)>(([], []))

    func note(_ path: String, _ secret: String?) {
      all.withLock { all in
        all.paths.insert(path)
        if let secret { all.secrets.insert(secret) }
      }
    }

    var paths: Set<String> { all.withLock { $0.paths } }
    var secrets: Set<String> { all.withLock { $0.secrets } }
  }
}
