import Foundation
import HTTP
import TestRig
import Testing

@Suite("A reply")
struct ReplyTests {
  @Test("may come from another thread")
  func fromElsewhere() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("POST /slowly HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
    #expect(wire.answer()?.body == "hi")
  }

  @Test("that is dropped unsent is a 500")
  func dropped() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("GET /dropped HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 500)
  }

  @Test("counts once")
  func twice() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("GET /twice HTTP/1.1\r\nHost: h\r\n\r\nGET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.body == "first")
    #expect(wire.answer()?.body == "0")
  }

  @Test("to a client that has gone does no harm")
  func clientGone() throws {
    let server = try echoServer()
    for _ in 0..<50 { try Wire(port: server.port).send("GET /slowly HTTP/1.1\r\nHost: h\r\n\r\n") }
    usleep(400_000)
    let wire = try Wire(port: server.port)
    wire.send("GET /length HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 200)
  }
}

@Suite("Stopping a server")
struct StoppingTests {
  @Test("waits for answers under way")
  func drains() throws {
    let held = HeldRequests()
    let server = try held.server { $0.drainDeadline = .seconds(300) }
    let wire = try Wire(port: server.port)
    wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { held.count == 1 })
    Thread.detachNewThread {
      usleep(300_000)
      held.answer()
    }
    server.stop()
    #expect(wire.answer()?.status == 200)
  }

  @Test("gives 503 to requests that nobody answers")
  func abandons() throws {
    let held = HeldRequests()
    let server = try held.server { $0.drainDeadline = .milliseconds(200) }
    let wires = try (0..<20).map { _ in try Wire(port: server.port) }
    for wire in wires { wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
    #expect(eventually { held.count == 20 })
    server.stop()
    #expect(wires.allSatisfy { $0.answer()?.status == 503 })
  }

  @Test("twice is harmless, and nothing listens afterwards")
  func twice() throws {
    let server = try echoServer()
    server.stop()
    server.stop()
    #expect(throws: POSIXError.self) { try Wire(port: server.port) }
  }
}
