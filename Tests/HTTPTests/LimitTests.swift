import Foundation
import HTTP
import Testing

@Suite("A server limits")
struct LimitTests {
  @Test("a body by its announced length, before any of it is sent")
  func announcedLength() throws {
    let server = try echoServer { $0.maximumBodyBytes = 1000 }
    let wire = try Wire(port: server.port)
    wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
    #expect(wire.answer()?.status == 413)
    #expect(wire.isClosed())
  }

  @Test("a body, and the client that sends on regardless still learns why")
  func sendsRegardless() throws {
    let server = try echoServer { $0.maximumBodyBytes = 1000 }
    let wire = try Wire(port: server.port)
    wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n")
    wire.send([UInt8](repeating: 0x61, count: 2_000_000))
    #expect(wire.answer()?.status == 413)
  }

  @Test("a chunked body as it comes")
  func chunkedLength() throws {
    let server = try echoServer { $0.maximumBodyBytes = 1000 }
    let wire = try Wire(port: server.port)
    let chunk = "1f4\r\n" + String(repeating: "x", count: 500) + "\r\n"
    wire.send(
      "POST /length HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk)
    #expect(wire.answer()?.status == 413)
    #expect(wire.isClosed())
  }

  @Test("the memory that all bodies take, and gives it back")
  func memory() throws {
    let server = try echoServer { $0.maximumBodyBytesInMemory = 10_000 }
    let half = String(repeating: "x", count: 6_000)
    let (first, second) = (try Wire(port: server.port), try Wire(port: server.port))
    let head = "POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 6001\r\n\r\n"
    first.send(head + half)
    usleep(100_000)
    second.send(head + half)
    let refused = try #require(second.answer())
    #expect(refused.status == 503)
    #expect(refused.header.contains("Retry-After:"))
    first.send("x")
    #expect(first.answer()?.body == "6001")
    let third = try Wire(port: server.port)
    third.send(head + half + "x")
    #expect(third.answer()?.status == 200)
  }

  @Test("a header's size")
  func headerSize() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + String(repeating: "x", count: 40_000) + "\r\n\r\n")
    #expect(wire.answer()?.status == 431)
  }

  @Test("connections from one address")
  func connections() throws {
    let server = try echoServer { $0.maximumConnectionsPerAddress = 3 }
    let wires = try (0..<3).map { _ in try Wire(port: server.port) }
    for wire in wires { wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n") }
    #expect(wires.allSatisfy { $0.answer()?.status == 200 })
    #expect(try Wire(port: server.port).isClosed())
  }
}

@Suite("Slow clients")
struct SlownessTests {
  /// Sends a piece every 50 ms until the peer closes; nil when it did not within three seconds.
  private func dripping(_ wire: Wire, _ piece: String) -> Duration? {
    let clock = ContinuousClock()
    let start = clock.now
    while clock.now - start < .seconds(3) {
      guard wire.send(piece) else { return clock.now - start }
      usleep(50_000)
    }
    return nil
  }

  @Test("that drip a header are closed at its deadline")
  func drippedHeader() throws {
    let server = try echoServer { $0.headerDeadline = .milliseconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\n")
    #expect(dripping(wire, "X: y\r\n") != nil)
  }

  @Test("that drip the request line of their second request are closed too")
  func drippedSecondHeader() throws {
    let server = try echoServer { $0.headerDeadline = .milliseconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 200)
    usleep(600_000)
    wire.send("GET /")
    #expect(dripping(wire, "x") != nil)
  }

  @Test("that send nothing between requests are left in peace until the idle deadline")
  func idle() throws {
    let server = try echoServer {
      $0.headerDeadline = .milliseconds(200)
      $0.idleDeadline = .seconds(2)
    }
    let wire = try Wire(port: server.port)
    for _ in 0..<2 {
      wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(wire.answer()?.status == 200)
      usleep(900_000)
    }
    #expect(wire.isClosed())
  }

  @Test("that drip a body are closed")
  func drippedBody() throws {
    let server = try echoServer { $0.headerDeadline = .milliseconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")
    #expect(dripping(wire, "x") != nil)
  }

  @Test("do not make a good client's slow answer fail")
  func slowAnswer() throws {
    let server = try echoServer {
      $0.headerDeadline = .milliseconds(100)
      $0.bodyDeadline = .milliseconds(100)
    }
    let wire = try Wire(port: server.port)
    wire.send("GET /slowly HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 200)
  }

  @Test("that fill every connection are cleared away for a good one")
  func starvation() throws {
    let server = try echoServer {
      $0.headerDeadline = .milliseconds(500)
      $0.maximumConnections = 100
    }
    let bad = try (0..<150).map { _ in try Wire(port: server.port) }
    for wire in bad { wire.send("GET / HTTP/1.1\r\nHo") }
    let good = try Wire(port: server.port)
    good.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(good.answer()?.status == 200)
    #expect(bad.prefix(100).allSatisfy { $0.isClosed() })
  }
}
