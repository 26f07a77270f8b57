import Foundation
import HTTP
import Testing

@Suite("A client refuses, before anything is sent,")
struct ClientRefusalTests {
  @Test(
    "header fields that would be read as something else",
    arguments: [
      ("X-A", "b\r\nX-Injected: 1"), ("X-A", "b\nX-Injected: 1"), ("X-A", "b\rc"), ("X-A", "b\0c"),
      ("X-A\r\nX-Injected", "1"), ("X A", "1"), ("X-A:", "1"), ("", "1"), ("Content-Length", "1"),
      ("transfer-encoding", "chunked"), ("Host", "other"), ("Expect", "100-continue"),
    ])
  func headerInjection(_ field: (String, String)) throws {
    let server = try echoServer()
    let request = HTTPClientRequest.local(
      "http://127.0.0.1:\(server.port)/", headers: [(name: field.0, value: field.1)])
    #expect(try HTTPClient().answers([request])[0].unsent == .refusedRequest)
  }

  @Test("methods that are no tokens", arguments: ["", "GET /x HTTP/1.1\r\nX:", "G T", "GET\n"])
  func method(_ method: String) throws {
    #expect(try HTTPClient().answers([.local(method, "http://127.0.0.1:1/")])[0].unsent == .refusedRequest)
  }

  @Test(
    "URLs that are malformed, hide credentials, or have another scheme",
    arguments: [
      "http://127.0.0.1:1/a b", "http://127.0.0.1:1/\r\nX: y", "http://127.0.0.1:1/å", "http://", "", "/path",
      "127.0.0.1:1", "http://user:secret@127.0.0.1:1/", "ftp://127.0.0.1:1/", "file:///etc/passwd",
      "gopher://127.0.0.1:1/", "http://127.0.0.1:99999/",
    ])
  func url(_ url: String) throws {
    let result = try HTTPClient().answers([.local(url)])[0]
    #expect(result.unsent == .refusedRequest)
    #expect(result.reason?.contains("secret") == false)
  }

  @Test("plain HTTP and its own machine, unless the policy allows them")
  func defaults() throws {
    let server = try echoServer()
    let client = try HTTPClient()
    var request = HTTPClientRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/length")
    #expect(try client.answers([request])[0].unsent == .refusedRequest)
    request.policy.schemes = [.http]
    #expect(try client.answers([request])[0].unsent == .forbiddenAddress)
    request.policy.networks = [.loopback]
    #expect(try client.answers([request])[0].status == 200)
    request.policy.networks = [.public]
    #expect(
      try client.answers([request])[0].unsent == .forbiddenAddress, "on a connection that is open already")
  }

  @Test(
    "addresses outside the policy's networks, however they are written",
    arguments: [
      "127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
      "0.0.0.0", "[::]", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
      "169.254.169.254", "224.0.0.1", "255.255.255.255", "[fd00::1]", "[fe80::1]", "[ff02::1]",
      "[2002:a00:1::]",
    ])
  func addresses(_ host: String) throws {
    var request = HTTPClientRequest.local("http://\(host):9/")
    request.policy.networks = [.public]
    #expect(try HTTPClient().answers([request])[0].unsent == .forbiddenAddress)
  }

  @Test("link-local addresses under any policy", arguments: ["169.254.169.254", "[fe80::1]", "0.0.0.0"])
  func neverAllowed(_ host: String) throws {
    var request = HTTPClientRequest.local("http://\(host):9/")
    request.policy.networks = Set(HTTPClientPolicy.Network.allCases)
    #expect(try HTTPClient().answers([request])[0].unsent == .forbiddenAddress)
  }

  @Test("more than may wait")
  func overload() throws {
    let server = try RawServer { $0.awaitClose() }
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 1
    configuration.maximumWaiting = 10
    let client = try HTTPClient(configuration: configuration)
    let pending = Pending(count: 30)
    for number in 0..<30 { client.send(.local(server.url())) { pending.complete(number, $0) } }
    client.close()
    let kinds = try pending.wait().map(\.unsent)
    #expect(kinds.filter { $0 == .overloaded }.count >= 19)
    #expect(kinds.prefix(10).allSatisfy { $0 != .overloaded })
  }
}
