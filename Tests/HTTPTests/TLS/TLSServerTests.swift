import Cryptography
import Foundation
import HTTP
import TestRig
import Testing

@Suite("A server over TLS", .enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct TLSServerTests {
  private let certificates: TestCertificates

  init() throws {
    certificates = try TestCertificates()
  }

  private func server(
    _ files: TLSFiles? = nil, _ change: (inout HTTPConfiguration) -> Void = { _ in }
  ) throws -> HTTPServer {
    let credentials = try RenewableCredentials(files ?? certificates.server())
    return try echoServer {
      $0.tls = credentials
      change(&$0)
    }
  }

  /// What curl got: the body, or nothing and curl's exit code.
  private func curl(
    _ server: HTTPServer, _ path: String = "/who", client: String? = nil, _ options: String...
  ) throws -> (body: String, status: Int32) {
    let identity = client.map {
      ["--cert", certificates.path("\($0).pem"), "--key", certificates.path("client.key")]
    }
    let program = try Program.run(
      "/usr/bin/curl",
      ["-sS", "--max-time", "300", "--cacert", certificates.path("authority.pem")] + (identity ?? [])
        + options
        + ["https://localhost:\(server.port)\(path)"])
    return (program.output, program.status)
  }

  @Test("answers over TLS 1.2 and 1.3", arguments: ["1.2", "1.3"])
  func versions(_ version: String) throws {
    let server = try server()
    let answer = try curl(server, "/a?b=c", "--tlsv\(version)", "--tls-max", version)
    #expect(answer.body == "GET /a [b=c] ")
  }

  @Test("refuses TLS 1.1 and 1.0, and plain HTTP", arguments: ["-tls1_1", "-tls1"])
  func oldVersions(_ version: String) throws {
    let server = try server()
    let peer = ["s_client", "-connect", "127.0.0.1:\(server.port)", "-cipher", "ALL:@SECLEVEL=0"]
    let old = try Program.run("/usr/bin/openssl", peer + [version])
    #expect(old.output.contains("Cipher is (NONE)"), "\(old.output)")
    let new = try Program.run("/usr/bin/openssl", peer + ["-tls1_2"])
    #expect(!new.output.contains("Cipher is (NONE)"), "the same peer can with TLS 1.2")
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer() == nil)
  }

  @Test("tells who a client is by HSA-id and fingerprint")
  func identity() throws {
    let server = try server()
    #expect(try curl(server).body == "127.0.0.1 TLS anonymous")
    let fingerprint = try certificates.fingerprint("client")
    #expect(try curl(server, client: "client").body == "127.0.0.1 TLS SE2321000016-A001 \(fingerprint)")
    #expect(try curl(server, client: "client", "--tls-max", "1.2").body.contains(" SE2321000016-A001 "))
    let plain = try echoServer()
    let wire = try Wire(port: plain.port)
    wire.send("GET /who HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.body == "127.0.0.1 plain anonymous")
  }

  @Test("takes no HSA-id from a common name that reads like one, nor one of two")
  func tricks() throws {
    let server = try server()
    #expect(try curl(server, client: "trick").body.hasPrefix("127.0.0.1 TLS nobody "))
    #expect(try curl(server, client: "trick-own").body.hasPrefix("127.0.0.1 TLS SE2321000016-B002 "))
    #expect(try curl(server, client: "twice").body.hasPrefix("127.0.0.1 TLS nobody "))
  }

  @Test(
    "believes no certificate that is wrong, and says why",
    arguments: [
      ("stranger-client", CertificateRefusal.unknownAuthority), ("expired", .expired),
      ("future", .notYetValid),
      ("revoked", .revoked), ("for-servers", .wrongPurpose),
    ])
  func wrong(_ client: String, _ refusal: CertificateRefusal) throws {
    let server = try server(certificates.server(revoked: "revoked.crl"))
    #expect(try curl(server, client: client).body == "127.0.0.1 TLS refused: \(refusal.rawValue)")
    #expect(try curl(server, client: client, "--tls-max", "1.2").body.hasSuffix(refusal.rawValue))
    #expect(try curl(server, client: "client").body.contains("SE2321000016-A001"))
  }

  @Test("believes nobody by a list of revoked certificates that is out of date")
  func stale() throws {
    let server = try server(certificates.server(revoked: "stale.crl"))
    let told = try curl(server, client: "client").body
    #expect(told == "127.0.0.1 TLS refused: staleRevocationList")
  }

  @Test("asks for no certificate when it knows no authorities")
  func noAuthorities() throws {
    let server = try server(certificates.server(authorities: false))
    #expect(try curl(server, client: "client").body == "127.0.0.1 TLS anonymous")
  }

  @Test("shows renewed certificates, and believes by renewed lists, from the next handshake on")
  func renewal() throws {
    let credentials = try RenewableCredentials(certificates.server(revoked: "stale.crl"))
    let server = try echoServer { $0.tls = credentials }
    let before = try #require(credentials.current.expires)
    #expect(before > Int64(Date().timeIntervalSince1970))
    #expect(try subject(server).contains("CN = server"))
    try certificates.replace("server.pem", by: "renewed.pem")
    #expect(
      throws: TLSFault.keyDoesNotFit(
        certificate: certificates.path("server.pem"), key: certificates.path("server.key"))
    ) { try credentials.renew() }
    #expect(try subject(server).contains("CN = server"), "half a renewal changes nothing")
    try certificates.replace("server.key", by: "other.key")
    try certificates.replace("stale.crl", by: "revoked.crl")
    try credentials.renew()
    #expect(try subject(server).contains("CN = renewed"))
    #expect(try curl(server, client: "client").body.contains("SE2321000016-A001"))
  }

  @Test("judges the client of an open connection anew when the lists of revoked certificates are renewed")
  func revokedMeanwhile() throws {
    let credentials = try RenewableCredentials(certificates.server(revoked: "empty.crl"))
    let server = try echoServer { $0.tls = credentials }
    var request = HTTPClientRequest.local("https://localhost:\(server.port)/who")
    request.trust = .authorities(file: certificates.path("authority.pem"))
    request.identity = HTTPClientIdentity(
      certificateFile: certificates.path("revoked.pem"), keyFile: certificates.path("client.key"))
    let client = try HTTPClient()
    let pages = try (0..<3).map { number in
      if number == 2 {
        try certificates.replace("empty.crl", by: "revoked.crl")
        try credentials.renew()
      }
      return String(decoding: try client.answer(request).body, as: UTF8.self)
    }
    #expect(pages[0].contains("SE2321000016-A001") && pages[1] == pages[0])
    #expect(pages[2] == "127.0.0.1 TLS refused: revoked")
  }

  private func subject(_ server: HTTPServer) throws -> String {
    let peer = try Program.run("/usr/bin/openssl", ["s_client", "-connect", "127.0.0.1:\(server.port)"])
    return peer.output.split(separator: "\n").first { $0.hasPrefix("subject=") }.map(String.init) ?? ""
  }

  @Test("says which file it cannot use")
  func faults() throws {
    #expect(throws: TLSFault.unreadable(file: "/nowhere.pem")) {
      try RenewableCredentials(TLSFiles(certificate: "/nowhere.pem", key: "/nowhere.key"))
    }
    var files = certificates.server()
    files.authorities = certificates.path("server.key")
    let error = #expect(throws: TLSFault.self) { try TLSCredentials(files) }
    #expect(error?.description.contains("server.key") == true)
    files = certificates.server(revoked: "authority.pem")
    #expect(throws: TLSFault.self) { try TLSCredentials(files) }
    files = certificates.server()
    files.key = certificates.path("server.pem")
    #expect(throws: TLSFault.self) { try TLSCredentials(files) }
    files.key = nil
    #expect(throws: TLSFault.self) { try TLSCredentials(files) }
  }

  @Test("tells when the first of its certificates ends")
  func expiry() throws {
    let files = TLSFiles(certificate: certificates.path("expired.pem"), key: certificates.path("client.key"))
    #expect(try TLSCredentials(files).expires == 1_580_515_200)
  }

  @Test("keeps a connection for many requests, large bodies and answers that come later")
  func keeping() throws {
    let server = try server()
    let body = certificates.path("body")
    try Data(repeating: 0x61, count: 3 << 20).write(to: URL(filePath: body))
    let answers = try Program.run(
      "/usr/bin/curl",
      [
        "-sS", "--cacert", certificates.path("authority.pem"), "-H", "Expect:", "--data-binary", "@\(body)",
        "-w", " %{num_connects}\n", "https://localhost:\(server.port)/length",
        "https://localhost:\(server.port)/length",
        "https://localhost:\(server.port)/length",
      ])
    #expect(answers.output == "3145728 1\n3145728 0\n3145728 0\n")
    #expect(try curl(server, "/slowly", "-d", "abc").body == "abc")
    let large = try curl(server, "/later", "--data-binary", "@\(body)")
    #expect(large.body.utf8.count == 3 << 20)
  }

  @Test("refuses at the door, by the header alone, before a body is sent")
  func door() throws {
    let credentials = try RenewableCredentials(certificates.server())
    var configuration = HTTPConfiguration()
    configuration.tls = credentials
    let server = try HTTPServer(
      configuration: configuration,
      admit: { request in
        if case .verified = request.peer.identity { return nil }
        return HTTPResponse(status: 403, body: Array("no".utf8))
      },
      handler: { request, reply in reply.send(HTTPResponse(status: 200, body: request.body)) })
    #expect(try curl(server, client: "client", "-d", "abc").body == "abc")
    for client in [nil, "stranger-client", "expired"] {
      let answer = try curl(server, client: client, "-d", "abc", "-w", " %{http_code}")
      #expect(answer.body == "no 403", "\(client ?? "none")")
    }
    let waiting = try TLSExchanges(server.port, ["POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"])
    #expect(waiting.answers.first?.hasPrefix("HTTP/1.1 403 ") == true, "no byte of the body was sent")
  }

  @Test("refuses ambiguous and malformed requests as without TLS", .enabled(if: TLSExchanges.isPossible))
  func gate() throws {
    let server = try server { $0.idleDeadline = .seconds(1) }
    let probes = Probe.all
    let exchanges = try TLSExchanges(
      server.port, probes.map { $0.request + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n" })
    #expect(exchanges.answers.count == probes.count)
    for (probe, answer) in zip(probes, exchanges.answers) {
      let status = Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
      #expect(probe.statuses.contains(status), "\(probe.name): \(answer)")
      #expect(!answer.contains("/smuggled"), "\(probe.name): \(answer)")
    }
    let clean = try TLSExchanges(server.port, Probe.clean.map { $0.replacing("keep-alive", with: "close") })
    #expect(clean.answers.allSatisfy { $0.hasPrefix("HTTP/1.1 200 ") })
  }

  @Test(
    "closes a body that is too long half-way, and its client learns why",
    .enabled(if: TLSExchanges.isPossible))
  func chunked() throws {
    let server = try server { $0.maximumBodyBytes = 1000 }
    let chunk = "1f4\r\n" + String(repeating: "x", count: 500) + "\r\n"
    let head = "POST /length HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    let exchanges = try TLSExchanges(server.port, [head + chunk + chunk + chunk])
    #expect(exchanges.answers.first?.hasPrefix("HTTP/1.1 413 ") == true, "\(exchanges.answers)")
  }

  @Test("serves a good client while 300 sockets begin no handshake, or never end one")
  func slow() async throws {
    let server = try server { $0.headerDeadline = .seconds(20) }
    let wires = try (0..<300).map { _ in try Wire(port: server.port) }
    for (number, wire) in wires.enumerated() where number.isMultiple(of: 2) {
      wire.send([0x16, 0x03, 0x01, 0x02])
    }
    let answer = try curl(server, "/a")
    #expect(answer.body == "GET /a [] ")
    #expect(await comesTrue { wires.allSatisfy(\.hasNews) })
    #expect(wires.allSatisfy { $0.isClosed() })
  }

  @Test("serves 256 connections of the same moment", .enabled(if: TLSExchanges.isPossible))
  func many() throws {
    let server = try server { $0.maximumConnectionsPerAddress = 0 }
    let request = "GET /slowly HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    let exchanges = try TLSExchanges(server.port, Array(repeating: request, count: 256), threads: 256)
    #expect(exchanges.answers.count { $0.hasPrefix("HTTP/1.1 200 ") } == 256)
  }

  @Test("stops with connections open")
  func stopping() throws {
    let server = try server()
    let input = Pipe()
    let process = try ChildProcess(
      "/usr/bin/openssl", ["s_client", "-quiet", "-connect", "127.0.0.1:\(server.port)"],
      input: .file(input.fileHandleForReading))
    _ = try curl(server, "/a")
    server.stop()
    process.end()
    withExtendedLifetime(input) {}
  }
}
