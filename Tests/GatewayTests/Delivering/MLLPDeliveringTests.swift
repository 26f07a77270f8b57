import Foundation
import MLLP
import Store
import TestRig
import Testing

@testable import Gateway

/// HL7 to a target over TLS, from the text of a `sluss.yaml` to a peer that demands a certificate.
@Suite(
  "The gateway delivers HL7 over TLS", .timeLimit(.minutes(60)),
  .enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct MLLPDeliveringTests {
  private static let routes = """
    routes:
      admissions:
        from: journal/adt
        to: {his: journal/adt}
        delivery: {timeout: 1 min, backoff: 20 ms to 50 ms}

    """

  /// The repository's mappings with another file of routes.
  private static func mappings(at path: String) throws {
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings", toPath: path)
    try routes.write(toFile: path + "/routes.yaml", atomically: true, encoding: .utf8)
  }

  @Test("once the peer has acknowledged it; without the right certificate it waits")
  func delivers() throws {
    let certificates = try TestCertificates()
    let peer = try RunningEntrance(
      """
      tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem}
      systems: {sluss: {hsa-ids: SE2321000016-A001, push: journal/adt}}
      mllp: {main: {port: 0, mapping: journal/adt}}
      """, certificates: certificates)
    let port = try #require(peer.entrance.mllpPorts["main"])
    let mappings = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try Self.mappings(at: mappings)
    defer { try? FileManager.default.removeItem(atPath: mappings) }
    let right = try Data(contentsOf: URL(filePath: certificates.path("client.pem")))
    let shown = certificates.path("shown.pem")
    try Data(contentsOf: URL(filePath: certificates.path("second.pem"))).write(to: URL(filePath: shown))
    let configuration = try GatewayConfiguration(
      text: """
        systems: anybody
        targets:
          his:
            mllp:
              {host: localhost, port: \(port), trust: \(certificates.path("authority.pem")), certificate: \(shown),
               key: \(certificates.path("client.key"))}
        """, named: "sluss.yaml")
    let gateway = try RunningGateway(mappings: mappings, targets: configuration.targets)
    defer {
      gateway.stop()
      gateway.remove()
    }
    let bytes = try RepositoryFolder.bytes("Mappings/journal/cases/admission/message.hl7")
    let message = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r")
    let id = try #require(try gateway.post(Array(message.utf8), to: "/in/journal/adt").json["id"] as? String)
    #expect(
      try delivery(of: id, at: gateway) { $0["attempts"] as? Int ?? 0 >= 2 }["state"] as? String == "waiting")
    #expect(peer.stored == 0)
    try right.write(to: URL(filePath: shown), options: .atomic)
    #expect(
      try delivery(of: id, at: gateway) { $0["state"] as? String != "waiting" }["state"] as? String
        == "delivered")
    #expect(peer.stored == 1)
    let first = try #require(peer.accepted.first)
    let stored = try #require(try peer.store.message(first))
    #expect(String(decoding: stored.message.body, as: UTF8.self).contains("|ADT^A01"))
  }

  /// A message's delivery once it is as wished, or as it was last.
  private func delivery(
    of id: String, at gateway: RunningGateway, _ isWished: ([String: Any]) -> Bool
  ) throws -> [String: Any] {
    try look {
      let all = try gateway.get("/messages/\(id)/trace").json["deliveries"] as? [[String: Any]]
      return all?.first ?? [:]
    } until: {
      !$0.isEmpty && isWished($0)
    }
  }
}
