import Foundation
import HTTP
import Testing

@Suite("A server serves")
struct ServingTests {
  @Test("method, path, query, header and body reach the handler")
  func echo() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send(
      "POST /a%20b/c?x=1&y=%C3%A5+b&z HTTP/1.1\r\nHost: h\r\nX-ASK: me \r\nContent-Length: 3\r\n\r\nabc")
    let answer = try #require(wire.answer())
    #expect(answer.status == 200)
    #expect(answer.body == "POST /a b/c [x=1;y=å b;z=] abc")
    #expect(answer.header.contains("X-Echo: me\r\n"))
  }

  @Test("a connection serves one request after another")
  func keepAlive() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    for number in 1...5 {
      wire.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(wire.answer()?.body == "GET /\(number) [] ")
    }
  }

  @Test("pipelined requests are answered in their order, suspended ones too")
  func pipelining() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    let post = { (path: String, body: String) in
      "POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
    wire.send(post("/slowly", "one") + post("/twice", "") + post("/later", "three") + post("/length", "four"))
    #expect((0..<4).map { _ in wire.answer()?.body } == ["one", "first", "three", "4"])
  }

  @Test("a chunked body arrives whole, and its connection closes after the answer")
  func chunked() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("POST /later HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
    wire.send("5;ext=1\r\ndefgh\r\n0\r\nTrailer: x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.body == "abcdefgh")
    #expect(wire.answer() == nil)
  }

  @Test("a body of many megabytes arrives whole")
  func largeBody() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n")
    wire.send([UInt8](repeating: 0x61, count: 20_000_000))
    #expect(wire.answer()?.body == "20000000")
  }

  @Test("a header of many fields that comes in small pieces is read")
  func piecemealHeader() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("GET /ok HTTP/1.1\r\nHost: h\r\nCookie: a=b; c=d\r\n")
    for number in 0..<140 {
      wire.send("X-Field-\(number): \(String(repeating: "v", count: 90))\r\n")
      if number % 20 == 0 { usleep(2_000) }
    }
    wire.send("\r\n")
    #expect(wire.answer()?.status == 200)
  }

  @Test("300 connections at once are all answered, again and again", arguments: 0..<4)
  func manyConnections(_: Int) throws {
    let server = try echoServer()
    let wires = try (0..<300).map { _ in try Wire(port: server.port) }
    for round in 0..<10 {
      for wire in wires {
        wire.send("GET \(round % 2 == 0 ? "/later" : "/length") HTTP/1.1\r\nHost: h\r\n\r\n")
      }
      #expect(wires.allSatisfy { $0.answer()?.status == 200 })
    }
  }

  @Test("a client that asks before it sends its body is told to go on")
  func expectation() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("POST /length HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    wire.send("abc")
    #expect(wire.answer()?.body == "3")
  }

  @Test("a handler's 404 closes the connection")
  func closeAfterMistake() throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send("GET /missing HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(wire.answer()?.status == 404)
    #expect(wire.isClosed())
  }

  @Test("a taken port is refused with a clear error")
  func takenPort() throws {
    let server = try echoServer()
    let error = #expect(throws: HTTPServerError.self) { try echoServer { $0.port = server.port } }
    #expect(error?.description == "cannot listen on 127.0.0.1 port \(server.port): Address already in use")
    #expect(throws: HTTPServerError.notAnAddress("localhost")) { try echoServer { $0.address = "localhost" } }
  }
}
