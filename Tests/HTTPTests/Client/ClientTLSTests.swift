import Foundation
import HTTP
import Testing

@Suite("A client over TLS", .enabled(if: Certificates.isPossible, "openssl is not there"))
struct ClientTLSTests {
  private let certificates: Certificates

  init() throws {
    certificates = try Certificates()
  }

  private func request(
    _ peer: TLSPeer, host: String = "localhost", authority: String = "authority", client: String? = nil
  ) -> HTTPClientRequest {
    request(port: peer.port, host: host, authority: authority, client: client)
  }

  private func request(
    port: UInt16, host: String = "localhost", authority: String = "authority", client: String? = nil
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest.local("https://\(host):\(port)/")
    request.trust = .authorities(file: certificates.path("\(authority).pem"))
    request.identity = client.map {
      HTTPClientIdentity(
        certificateFile: certificates.path("\($0).pem"), keyFile: certificates.path("\($0).key"))
    }
    return request
  }

  private func outcome(_ request: HTTPClientRequest) throws -> Result<HTTPClientAnswer, HTTPClientError> {
    try HTTPClient().answers([request])[0]
  }

  private func strictPeer(_ version: String = "-tls1_3") throws -> TLSPeer {
    try TLSPeer(
      certificates, "server-of-authority", "-Verify", "1", "-verify_return_error", version, "-CAfile",
      certificates.path("authority.pem"))
  }

  @Test("reaches a server whose certificate is trusted, by name and by address")
  func trusted() throws {
    let peer = try TLSPeer(certificates, "server-of-authority")
    for host in ["localhost", "127.0.0.1"] {
      #expect(try outcome(request(peer, host: host)).status == 200)
    }
  }

  @Test("shows its certificate to a server that asks for one", arguments: ["-tls1_2", "-tls1_3"])
  func identity(_ version: String) throws {
    let peer = try strictPeer(version)
    #expect(try outcome(request(peer, client: "client-of-authority")).status == 200)
  }

  @Test("is refused without a certificate, or with a stranger's", arguments: [nil, "client-of-stranger"])
  func wrongIdentity(_ client: String?) throws {
    let early = try strictPeer("-tls1_2")
    #expect(try outcome(request(early, client: client)).unsent == .handshakeFailed)
    // In TLS 1.3 the client is done before the server has looked at its certificate (RFC 8446 section 2).
    let late = try strictPeer("-tls1_3")
    let result = try outcome(request(late, client: client))
    #expect(result.uncertain == .connectionLost)
    #expect(result.reason?.contains("TLS") == true)
  }

  @Test("refuses a server of another authority, and tells it nothing")
  func stranger() throws {
    let peer = try TLSPeer(certificates, "server-of-stranger")
    #expect(try outcome(request(peer)).unsent == .untrustedServer)
    var bySystem = request(peer)
    bySystem.trust = .system
    #expect(try outcome(bySystem).unsent == .untrustedServer)
    #expect(try outcome(request(peer, authority: "stranger")).status == 200)
  }

  @Test("refuses a trusted certificate of another server")
  func misnamed() throws {
    let peer = try TLSPeer(certificates, "misnamed-of-authority")
    #expect(try outcome(request(peer)).unsent == .untrustedServer)
    #expect(try outcome(request(peer, host: "127.0.0.1")).unsent == .untrustedServer)
  }

  @Test("refuses TLS 1.1")
  func oldVersion() throws {
    let peer = try TLSPeer(certificates, "server-of-authority", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    #expect(try outcome(request(peer)).unsent == .handshakeFailed)
  }

  @Test(
    "uses a connection again, but not for another identity or another trust",
    .enabled(if: KeepingPeer.isPossible, "python3 is not there"))
  func separation() throws {
    let peer = try KeepingPeer(certificates)
    let client = try HTTPClient()
    let named = request(port: peer.port, client: "client-of-authority")
    let unnamed = request(port: peer.port)
    let pages = try [unnamed, unnamed, named, named, unnamed].map { request in
      String(decoding: try client.answer(request).body, as: UTF8.self)
    }
    #expect(
      pages == ["1 nobody", "1 nobody", "2 client-of-authority", "2 client-of-authority", "1 nobody"])
    let distrusting = request(port: peer.port, authority: "stranger")
    #expect(try client.answers([distrusting])[0].unsent == .untrustedServer)
  }

  @Test("names the certificate file that it cannot read")
  func missingFiles() throws {
    let peer = try strictPeer()
    let missing = try outcome(request(peer, client: "nobody"))
    #expect(missing.unsent == .unreadableCertificate)
    #expect(missing.reason?.contains(certificates.path("nobody.pem")) == true)
    #expect(try outcome(request(peer, authority: "nobody")).unsent == .unreadableCertificate)
  }

  @Test("does not go on with a file that is no certificate")
  func garbageFiles() throws {
    let peer = try strictPeer()
    var request = request(peer, client: "client-of-authority")
    request.identity?.certificateFile = certificates.path("garbage.pem")
    #expect(try outcome(request).unsent == .handshakeFailed)
    request = self.request(peer, authority: "garbage")
    #expect(try outcome(request).unsent == .untrustedServer)
  }
}
