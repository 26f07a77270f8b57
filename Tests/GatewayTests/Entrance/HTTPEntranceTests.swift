import Cryptography
import Foundation

import TestRig
import Testing

@testable import Gateway

/// Who gets in over HTTP, as systems meet it: through curl.
@Suite(.enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct HTTPEntranceTests {
  private static let event = "@\(RepositoryFolder.path)/Mappings/visiba/cases/completed-visit/event.json"

  private static func hash(_ token: String) -> String { TokenHash(of: token).description }

  private static let systems = """
    systems:
      visiba: {tokens: \(hash("t-visiba")), push: visiba/*}
      other: {tokens: [\(hash("t-old")), \(hash("t-other"))], push: ["*"], see: npo/*}
      watcher: {tokens: \(hash("t-watcher")), see: "*", metrics: true}
      reader: {tokens: \(hash("t-reader")), see: visiba/*, see-bodies: visiba/*}

    """

  private func push(
    _ gateway: RunningEntrance, _ token: String?, _ path: String = "/in/visiba/visit-event",
    client: String? = nil
  ) throws -> RunningEntrance.Answer {
    try gateway.curl(path, token: token, client: client, "--data-binary", Self.event)
  }

  @Test("A system hands in what a line allows; all others are told so before anything is stored")
  func pushing() throws {
    let gateway = try RunningEntrance(Self.systems)
    #expect(try push(gateway, nil).status == 401)
    #expect(try push(gateway, "t-wrong").status == 401)
    #expect(try push(gateway, "").status == 401)
    #expect(try push(gateway, "t-watcher").status == 403)
    #expect(try push(gateway, "t-visiba", "/in/npo/care-contacts").status == 403)
    #expect(try push(gateway, "t-visiba", "/in/visibax").status == 403)
    #expect(gateway.stored == 0)
    #expect(try push(gateway, "t-visiba").status == 202)
    #expect(gateway.stored == 1 && gateway.accepted.count == 1)
  }

  @Test("An answer to a stranger says how to come in; nothing that was shown is told to anybody")
  func challenge() throws {
    let gateway = try RunningEntrance(Self.systems)
    let none = try gateway.curl("/messages/x", "-i")
    #expect(none.text.contains("401") && none.text.contains("WWW-Authenticate: Bearer realm=\"sluss\"\r"))
    let wrong = try gateway.curl("/messages/x", token: "s3cr3t", "-i")
    #expect(wrong.text.contains("WWW-Authenticate: Bearer realm=\"sluss\", error=\"invalid_token\""))
    #expect(wrong.text.contains("Connection: close"))
    #expect(!wrong.text.contains("s3cr3t"))
    let reports = gateway.reports.map(\.description)
    #expect(
      reports == [
        "HTTP refuses 127.0.0.1: no credentials were shown", "HTTP refuses 127.0.0.1: the token is not known",
      ])
    _ = try push(gateway, "t-watcher")
    #expect(
      gateway.reports.last?.description
        == "HTTP refuses watcher at 127.0.0.1: this system has no right to push here")
    for header in ["Basic dDpw", "Bearer", "Bearer  ", "Negotiate x"] {
      #expect(try gateway.curl("/messages/x", "-H", "Authorization: \(header)").status == 401)
    }
    let twice = try gateway.curl("/messages/x", token: "t-watcher", "-H", "Authorization: Bearer t-watcher")
    #expect(twice.status == 401, "two tokens are none")
  }

  @Test("Seeing a message, seeing its content and the gateway's figures are separate")
  func seeing() throws {
    let gateway = try RunningEntrance(Self.systems)
    let id = try #require(try push(gateway, "t-visiba").json["id"] as? String)
    let rows: [(String, String?, Int)] = [
      ("/messages/\(id)", "t-watcher", 200), ("/messages/\(id)/raw", "t-watcher", 403),
      ("/messages/\(id)/hub", "t-watcher", 403), ("/messages/\(id)", "t-reader", 200),
      ("/messages/\(id)/raw", "t-reader", 200), ("/messages/\(id)/as/npo/care-contacts", "t-reader", 200),
      ("/messages/\(id)", "t-visiba", 403), ("/messages/\(id)", "t-other", 403),
      ("/messages/nobody", "t-other", 404),
      ("/messages/\(id)", nil, 401), ("/", nil, 401), ("/", "t-watcher", 403), ("/metrics", "t-reader", 403),
      ("/messagesx", "t-watcher", 403),
    ]
    for (path, token, status) in rows {
      #expect(try gateway.curl(path, token: token).status == status, "\(path) by \(token ?? "nobody")")
    }
    let rerun = try gateway.curl("/messages/\(id)/retry", token: "t-reader", "-d", "")
    #expect(rerun.status == 403)
    let overview = try gateway.curl("/messages/\(id)", token: "t-watcher")
    #expect(overview.json["id"] as? String == id && !overview.text.contains("Tolvan"))
    #expect(try gateway.curl("/messages/\(id)", token: "t-reader").text.contains("Tolvan"))
    #expect(try gateway.curl("/health").text == #"{"status":"ok"}"#)
    #expect(try gateway.curl("/health", token: "t-reader").text == #"{"status":"ok"}"#)
    #expect(try gateway.curl("/health", token: "t-watcher").json["mappings"] != nil)
  }

  @Test("Two systems may use the same id of a message, and one can't take the other's")
  func keys() throws {
    let gateway = try RunningEntrance(Self.systems)
    let first = try push(gateway, "t-visiba")
    #expect(try push(gateway, "t-visiba").status == 200)
    let other = try push(gateway, "t-other")
    #expect(other.status == 202 && other.json["id"] as? String != first.json["id"] as? String)
    #expect(try push(gateway, "t-old").json["id"] as? String == other.json["id"] as? String)
    #expect(gateway.stored == 2)
  }

  @Test("A flood of failures is held up, and told a few times only; who shows the right thing passes")
  func flood() throws {
    let gateway = try RunningEntrance(Self.systems)
    let url = "http://localhost:\(gateway.entrance.port)/messages/[1-40]"
    let told = try RunningEntrance.run(
      "/usr/bin/curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}\n", url])
    let statuses = told.split(separator: "\n")
    #expect(statuses.count { $0 == "401" } == 20 && statuses.count { $0 == "429" } == 20)
    #expect(gateway.reports.count == 5)
    #expect(try push(gateway, "t-visiba").status == 202)
    #expect(try gateway.curl("/messages/x", "-i").text.contains("Retry-After: "))
  }

  private static let tls =
    "tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem"

  @Test("A system is known by its certificate, not by what a name says, and not by one that is not believed")
  func certificates() throws {
    let certificates = try TestCertificates()
    let gateway = try RunningEntrance(
      """
      address: 0.0.0.0
      \(Self.tls), revoked: DIR/revoked.crl}
      systems:
        visiba: {hsa-ids: SE2321000016-A001, push: visiba/*}
        other: {fingerprints: \(try certificates.fingerprint("for-servers")), push: "*"}
        second: {hsa-ids: SE2321000016-B002, tokens: \(Self.hash("t-second")), see: "*"}
      """, certificates: certificates)
    let rows: [(client: String?, token: String?, Int)] = [
      ("client", nil, 202), (nil, nil, 401), ("trick", nil, 403), ("trick-own", nil, 403),
      ("twice", nil, 403),
      ("stranger-client", nil, 403), ("expired", nil, 403), ("future", nil, 403), ("revoked", nil, 403),
      ("for-servers", nil, 403), ("second", nil, 403), ("client", "t-second", 403),
      ("expired", "t-second", 403),
    ]
    for (client, token, status) in rows {
      #expect(try push(gateway, token, client: client).status == status, "\(client ?? "-") \(token ?? "-")")
    }
    #expect(gateway.stored == 1)
    #expect(try gateway.curl("/messages/x", token: "t-second", client: "expired").status == 404)
    #expect(
      try gateway.curl("/messages/x", token: "t-second", client: "client").text.contains("different systems"))
    #expect(try gateway.curl("/messages/x", client: "expired").text.contains("the certificate has expired"))
  }

  @Test("Where certificates are demanded, nobody comes without one that is believed")
  func demanded() throws {
    let gateway = try RunningEntrance(
      """
      \(Self.tls), client-certificates: demanded}
      systems: {visiba: {tokens: \(Self.hash("t-visiba")), push: visiba/*}}
      """, certificates: try TestCertificates())
    #expect(try push(gateway, "t-visiba").status == 403)
    #expect(try push(gateway, "t-visiba", client: "stranger-client").status == 403)
    #expect(try push(gateway, "t-visiba", client: "client").status == 202)
    #expect(try push(gateway, nil, client: "second").status == 403)
  }

  @Test("Renewed certificates are shown by themselves; broken ones are told and not taken")
  func renewal() throws {
    let certificates = try TestCertificates()
    let gateway = try RunningEntrance("\(Self.tls)}\n\(Self.systems)", certificates: certificates)
    let expires = try #require(gateway.entrance.certificatesExpire)
    #expect(expires > Int64(Date().timeIntervalSince1970))
    #expect(try subject(gateway).contains("server"))
    try certificates.replace("server.pem", by: "renewed.pem")
    #expect(gateway.tells { if case .certificatesKept(.keyDoesNotFit) = $0 { true } else { false } })
    #expect(try subject(gateway).contains("server"))
    try certificates.replace("server.key", by: "other.key")
    #expect(gateway.tells { if case .certificatesRenewed = $0 { true } else { false } })
    #expect(try subject(gateway).contains("renewed"))
    let before = gateway.reports.count
    gateway.entrance.renewCertificates()
    #expect(gateway.tells { _ in gateway.reports.count > before }, "asked for, as by SIGHUP")
    #expect(try push(gateway, "t-visiba").status == 202)
  }

  private func subject(_ gateway: RunningEntrance) throws -> String {
    let told = try RunningEntrance.run(
      "/usr/bin/openssl", ["s_client", "-connect", "127.0.0.1:\(gateway.entrance.port)"])
    return told.split(separator: "\n").first { $0.hasPrefix("subject=") }.map(String.init) ?? ""
  }
}
