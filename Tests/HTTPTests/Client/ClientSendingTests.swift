import Foundation
import HTTP
import Testing

@Suite("A client sends")
struct ClientSendingTests {
  @Test("method, path, query, header and body, and reads status, header and body")
  func echo() throws {
    let server = try echoServer()
    let client = try HTTPClient()
    let answer = try client.answer(
      .local(
        "POST", "http://127.0.0.1:\(server.port)/a%20b?x=1", headers: [("x-ASK", "me")], body: "hello"))
    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self) == "POST /a b [x=1] hello")
    #expect(answer.header("X-ECHO") == "me")
    #expect(answer.header("X-Other") == nil)
  }

  @Test("exactly what it was given, and adds nothing of its own but the frame")
  func exactBytes() throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.send("HTTP/1.1 204 No Content\r\n\r\n") }
    }
    let client = try HTTPClient()
    let post = HTTPClientRequest.local(
      "POST", server.url("/p?q=1#f"), headers: [("SOAPAction", "\"a\""), ("X-Empty", ""), ("X-Utf", "å")],
      body: "<x/>")
    for request in [post, .local(server.url()), .local("DELETE", server.url()), .local("PUT", server.url())] {
      #expect(try client.answer(request).status == 204)
    }
    let host = "Host: 127.0.0.1:\(server.port)\r\n"
    #expect(
      server.requests == [
        "POST /p?q=1 HTTP/1.1\r\n\(host)SOAPAction: \"a\"\r\nX-Empty:\r\nX-Utf: å\r\nContent-Length: 4\r\n\r\n<x/>",
        "GET / HTTP/1.1\r\n\(host)\r\n",
        "DELETE / HTTP/1.1\r\n\(host)\r\n",
        "PUT / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n",
      ])
  }

  @Test("HEAD, whose answer has a length and no body")
  func head() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
      connection.awaitClose()
    }
    let answer = try HTTPClient().answer(.local("HEAD", server.url()))
    #expect(answer.header("content-length") == "1000")
    #expect(answer.body.isEmpty)
  }

  @Test("200 requests at once, of which none hides another's answer")
  func manyAtOnce() throws {
    let server = try echoServer()
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 200
    let client = try HTTPClient(configuration: configuration)
    let results = try client.answers(
      (0..<200).map { .local("POST", "http://127.0.0.1:\(server.port)/slowly", body: "number \($0)") })
    #expect(
      results.map { try? String(decoding: $0.get().body, as: UTF8.self) }
        == (0..<200).map { "number \($0)" })
  }

  @Test("from many threads, on no more connections than it may have, which it uses again")
  func reuse() throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
    }
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 5
    let client = try HTTPClient(configuration: configuration)
    let pending = Pending(count: 400)
    for thread in 0..<4 {
      Thread.detachNewThread {
        for number in 0..<100 {
          client.send(.local(server.url())) { pending.complete(thread * 100 + number, $0) }
        }
      }
    }
    #expect(try pending.wait().allSatisfy { $0.status == 200 })
    #expect((1...5).contains(server.connections))
    #expect(server.requests.count == 400)
  }

  @Test("to many hosts on no more connections in all than it may have, idle ones included")
  func connectionsInAll() throws {
    let servers = try (0..<6).map { _ in
      try RawServer { connection in
        while connection.request() != nil {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
      }
    }
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnections = 3
    configuration.maximumConnectionsPerHost = 2
    let client = try HTTPClient(configuration: configuration)
    let requests = (0..<300).map { HTTPClientRequest.local(servers[$0 % 6].url()) }
    // They listen as long as they live.
    let failures = try withExtendedLifetime(servers) {
      try client.answers(requests).filter { $0.status != 200 }.map { "\($0)" }
    }
    #expect(failures.isEmpty, "\(Set(failures))")
  }

  @Test("bodies of any length whole", arguments: [1, 32_767, 32_768, 32_769, 65_535, 65_536, 200_000])
  func bodyLengths(length: Int) throws {
    let server = try echoServer()
    let body =
      String(repeating: "0123456789", count: length / 10) + String(repeating: "x", count: length % 10)
    let answer = try HTTPClient().answer(
      .local("POST", "http://127.0.0.1:\(server.port)/", body: body))
    #expect(String(decoding: answer.body, as: UTF8.self) == "POST / [] \(body)")
  }

  @Test("a body of many megabytes, and receives one")
  func largeBodies() throws {
    let server = try echoServer()
    let client = try HTTPClient()
    let body = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var request = HTTPClientRequest.local("POST", "http://127.0.0.1:\(server.port)/later")
    request.body = body
    request.maximumAnswerBytes = body.count
    #expect(try client.answer(request).body == body)
  }

  @Test("and hears of redirects without following them")
  func redirect() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
      connection.awaitClose()
    }
    let answer = try HTTPClient().answer(.local(server.url()))
    #expect(answer.status == 302)
    #expect(answer.header("location") == "/elsewhere")
    #expect(server.requests.count == 1)
  }

  @Test("and skips interim answers and trailers")
  func interim() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n")
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nX-A: 2\r\n\r\n")
      connection.send("3\r\nabc\r\n0\r\nX-Trailer: late\r\n\r\n")
      connection.awaitClose()
    }
    let answer = try HTTPClient().answer(.local(server.url()))
    #expect(answer.headers.map(\.name) == ["Transfer-Encoding", "X-A", "X-A"])
    #expect(answer.header("x-a") == "1")
    #expect(String(decoding: answer.body, as: UTF8.self) == "abc")
  }

  @Test("and decompresses only what it asked for")
  func compression() throws {
    let server = try RawServer { connection in
      while connection.request() != nil {
        connection.send(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzipped.count)\r\n\r\n")
        connection.send(gzipped)
      }
    }
    let client = try HTTPClient()
    var request = HTTPClientRequest.local(server.url())
    #expect(try client.answer(request).body == gzipped)
    request.acceptsGzip = true
    #expect(try client.answer(request).body == Array("hello\n".utf8))
    #expect(server.requests.map { $0.contains("Accept-Encoding: gzip\r\n") } == [false, true])
  }

  /// `echo hello | gzip -n`
  private var gzipped: [UInt8] {
    [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 231, 2, 0, 32, 48, 58, 54, 6, 0, 0, 0]
  }
}
