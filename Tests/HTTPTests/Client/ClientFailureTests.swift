import Foundation
import HTTP
import TestRig
import Testing

@Suite("A client knows that nothing was sent")
struct ClientUnsentTests {
  @Test("when nobody listens")
  func refusedPort() throws {
    let server = try echoServer()
    server.stop()
    let result = try HTTPClient().answers([
      .local("POST", "http://127.0.0.1:\(server.port)/secret", body: "x")
    ])[0]
    #expect(result.unsent == .unreachable)
    #expect(result.reason == "Connection refused")
  }

  @Test("when the name has no address")
  func unknownName() throws {
    var request = HTTPClientRequest.local("http://no-such-host.invalid/secret")
    request.connectLimit = .seconds(2)
    let result = try HTTPClient().answers([request])[0]
    #expect(result.unsent == .unknownName || result.unsent == .connectTimedOut)
    #expect(result.reason?.contains("secret") == false)
  }

  @Test("when the TLS handshake is never answered")
  func silentHandshake() throws {
    let server = try RawServer { $0.awaitClose() }
    var request = HTTPClientRequest.local("https://127.0.0.1:\(server.port)/")
    request.connectLimit = .milliseconds(200)
    #expect(try HTTPClient().answers([request])[0].unsent == .connectTimedOut)
  }

  @Test("when the peer does not speak TLS, or closes")
  func noHandshake() throws {
    let plain = try RawServer { $0.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    let closing = try RawServer { _ in }
    let client = try HTTPClient()
    for port in [plain.port, closing.port] {
      #expect(try client.answers([.local("https://127.0.0.1:\(port)/")])[0].unsent == .handshakeFailed)
    }
  }

  @Test("when its turn never came")
  func waitedTooLong() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.awaitClose()
    }
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 1
    let client = try HTTPClient(configuration: configuration)
    let first = Pending(count: 1)
    client.send(.local(server.url())) { first.complete(0, $0) }
    #expect(eventually { server.requests.count == 1 })
    var second = HTTPClientRequest.local(server.url())
    second.limit = .milliseconds(300)
    #expect(try client.answers([second])[0].unsent == .waitedTooLong)
    client.close()
    #expect(try first.wait()[0].uncertain == .cancelled)
  }

  @Test("and one host that is slow does not keep others waiting")
  func slowNeighbour() throws {
    let slow = try RawServer { $0.awaitClose() }
    let server = try echoServer()
    let client = try HTTPClient()
    for _ in 0..<200 { client.send(.local(slow.url())) { _ in } }
    #expect(try client.answer(.local("http://127.0.0.1:\(server.port)/length")).status == 200)
  }
}

@Suite("A client does not know whether the receiver acted")
struct ClientUncertainTests {
  /// What comes of a POST to a server that reads it and then does what the test says.
  private func outcome(
    limit: Duration = .seconds(300), _ answer: @escaping @Sendable (RawConnection) -> Void
  ) throws -> Result<HTTPClientAnswer, HTTPClientError> {
    let server = try RawServer { connection in
      _ = connection.request()
      answer(connection)
    }
    var request = HTTPClientRequest.local("POST", server.url("/path?secret"), body: "secret")
    request.limit = limit
    request.maximumAnswerBytes = 1000
    let result = try HTTPClient().answers([request])[0]
    #expect(server.requests.count == 1)
    #expect(result.reason?.contains("secret") != true)
    return result
  }

  @Test("when no answer comes in time")
  func silence() throws {
    #expect(try outcome(limit: .seconds(5)) { $0.awaitClose() }.uncertain == .timedOut)
  }

  @Test("when an answer comes too slowly")
  func drip() throws {
    let result = try outcome(limit: .seconds(5)) { connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
      while connection.send("x") { usleep(20_000) }
    }
    #expect(result.uncertain == .timedOut)
  }

  @Test("when the connection closes without an answer")
  func closed() throws {
    #expect(try outcome { _ in }.uncertain == .connectionLost)
  }

  @Test(
    "when the connection closes within an answer",
    arguments: [
      "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsecret",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nsecret\r\n",
    ])
  func half(_ text: String) throws {
    #expect(try outcome { $0.send(text) }.uncertain == .connectionLost)
  }

  @Test("when the connection is reset")
  func reset() throws {
    let result = try outcome { connection in
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection.socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }
    #expect(result.uncertain == .connectionLost)
  }

  @Test(
    "when what comes is not HTTP",
    arguments: [
      "secret garbage\r\n\r\n", "220 secret ESMTP\r\n", "\0\u{1}\u{2}secret\r\n\r\n",
      "HTTP/1.1 2x0 secret\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: secret\r\n\r\n",
      "HTTP/1.1 200 OK\r\nX: sec\0ret\r\n\r\n",
    ])
  func garbage(_ text: String) throws {
    #expect(try outcome { $0.send(text) }.uncertain == .malformedAnswer)
  }

  @Test(
    "when an answer is longer than allowed, announced or not",
    arguments: [
      "Content-Length: 1001\r\n\r\n", "\r\n" + String(repeating: "x", count: 1001),
      "Transfer-Encoding: chunked\r\n\r\n3E9\r\n" + String(repeating: "x", count: 1001) + "\r\n0\r\n\r\n",
    ])
  func tooLarge(_ rest: String) throws {
    #expect(try outcome { $0.send("HTTP/1.1 200 OK\r\n" + rest) }.uncertain == .answerTooLarge)
  }

  @Test("when the header never ends")
  func endlessHeader() throws {
    let result = try outcome { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("X-Field: \(String(repeating: "x", count: 500))\r\n") {}
    }
    #expect(result.uncertain == .answerTooLarge)
  }

  @Test("when interim answers never end")
  func endlessInterim() throws {
    let result = try outcome { connection in while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {} }
    #expect(result.uncertain == .answerTooLarge)
  }

  @Test(
    "when a kept connection closes on a request, which is not sent a second time",
    arguments: [("POST", "once"), ("POST", ""), ("GET", "")])
  func keptConnection(_ method: String, _ body: String) throws {
    let server = try RawServer { connection in
      guard connection.request() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
      _ = connection.request()
    }
    let client = try HTTPClient()
    let request = HTTPClientRequest.local(method, server.url(), body: body)
    #expect(try client.answer(request).status == 200)
    #expect(try client.answers([request])[0].uncertain == .connectionLost)
    #expect(server.requests.count == 2)
  }

  @Test("but an answer of exactly the allowed length is one")
  func exactLength() throws {
    let body = String(repeating: "x", count: 1000)
    #expect(try outcome { $0.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + body) }.status == 200)
  }
}
