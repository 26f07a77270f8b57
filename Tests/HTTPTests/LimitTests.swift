import Foundation
import HTTP
import TestRig
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
    let begun =
      "POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 6001\r\n\r\n"
      + String(repeating: "x", count: 6_000)
    var wires = [try Wire(port: server.port), try Wire(port: server.port)]
    for wire in wires { wire.send(begun) }
    // Whichever of them came later.
    let index = try #require(
      look({ wires.firstIndex(where: \.hasNews) }, until: { $0 != nil }))
    let refused = try #require(wires.remove(at: index).answer())
    #expect(refused.status == 503)
    #expect(refused.header.contains("Retry-After:"))
    wires[0].send("x")
    #expect(wires[0].answer()?.body == "6001")
    #expect(
      try eventually {
        let next = try Wire(port: server.port)
        next.send(begun + "x")
        return next.answer()?.status == 200
      })
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
  /// Whether the peer closes while a byte is sent from time to time.
  private func closesWhileDripping(_ wire: Wire) async -> Bool {
    await comesTrue { !wire.send("x") }
  }

  @Test("that drip a header are closed at its deadline")
  func drippedHeader() async throws {
    let server = try echoServer { $0.headerDeadline = .milliseconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\nX: ")
    #expect(await closesWhileDripping(wire))
  }

  @Test("that drip the request line of their second request are closed too")
  func drippedSecondHeader() async throws {
    let server = try echoServer {
      $0.headerDeadline = .seconds(10)
      $0.idleDeadline = .seconds(3600)
    }
    let wire = try Wire(port: server.port)
    wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 200)
    try await Task.sleep(for: .milliseconds(600))
    wire.send("GET /")
    #expect(await closesWhileDripping(wire))
  }

  @Test("that send nothing between requests are left in peace, for longer than a header may take")
  func patience() async throws {
    let server = try echoServer {
      $0.headerDeadline = .seconds(10)
      $0.idleDeadline = .seconds(3600)
    }
    let wire = try Wire(port: server.port)
    for pause in [11, 0] {
      wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(wire.answer()?.status == 200)
      try await Task.sleep(for: .seconds(pause))
    }
  }

  @Test("that send nothing between requests are closed at the idle deadline")
  func idle() throws {
    let server = try echoServer {
      $0.headerDeadline = .seconds(3600)
      $0.idleDeadline = .milliseconds(300)
    }
    let wire = try Wire(port: server.port)
    wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 200)
    #expect(wire.isClosed())
  }

  @Test("that drip a body are closed")
  func drippedBody() async throws {
    let server = try echoServer { $0.headerDeadline = .milliseconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")
    #expect(await closesWhileDripping(wire))
  }

  @Test("do not make a good client's slow answer fail")
  func slowAnswer() async throws {
    let held = HeldRequests()
    let server = try held.server {
      $0.headerDeadline = .seconds(10)
      $0.bodyDeadline = .seconds(10)
    }
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(await comesTrue { held.count == 1 })
    try await Task.sleep(for: .seconds(11))
    held.answer()
    #expect(wire.answer()?.status == 200)
  }

  @Test("that fill every connection are cleared away for a good one")
  func starvation() async throws {
    let server = try echoServer {
      $0.headerDeadline = .seconds(10)
      $0.maximumConnections = 100
    }
    let bad = try (0..<150).map { _ in try Wire(port: server.port) }
    for wire in bad { wire.send("GET / HTTP/1.1\r\nHo") }
    let good = try Wire(port: server.port)
    good.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(await comesTrue { good.hasNews })
    #expect(good.answer()?.status == 200)
    #expect(bad.prefix(100).allSatisfy { $0.isClosed() })
  }
}
