import Foundation
import MLLP
import TestRig
import Testing

@Suite("A listener")
struct ListenerTests {
  @Test("hands on a message's bytes and the peer's address")
  func echo() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    wire.send(block("MSH|^~\\&|å\rPID|1\r"))
    #expect(wire.block() == "MSH|^~\\&|å\rPID|1\r")
    wire.send(block("who"))
    #expect(wire.block()?.hasPrefix("127.0.0.1 ") == true)
  }

  @Test("takes several messages in one segment, and answers in their order")
  func together() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    wire.send(block("slowly 1") + block("2") + "\r\n" + block("later 3") + block("twice") + block("5"))
    #expect((0..<5).map { _ in wire.block() } == ["slowly 1", "2", "later 3", "first", "5"])
  }

  @Test("takes messages byte by byte")
  func bytewise() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    for byte in (block("one") + "\n" + block("two")).utf8 { wire.send([byte]) }
    #expect([wire.block(), wire.block()] == ["one", "two"])
  }

  @Test("takes messages of many megabytes")
  func large() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    let text = String(repeating: "x", count: 9 << 20)
    for _ in 0..<3 {
      wire.send(block("length " + text))
      #expect(wire.block() == "\(text.utf8.count + 7)")
      wire.send(block(text))
      let isSame = wire.block() == text
      #expect(isSame)
    }
  }

  @Test("hands the next message of a connection on after the reply to the one before, others' meanwhile")
  func order() throws {
    let (messages, replies) = (Journal<String>(), Journal<MLLPReply>())
    let listener = try MLLPListener { message, reply in
      messages.note(String(decoding: message.bytes, as: UTF8.self))
      replies.note(reply)
    }
    let (first, second) = (try Wire(port: listener.port), try Wire(port: listener.port))
    first.send(block("a1") + block("a2"))
    #expect(messages.comes(to: 1))
    second.send(block("b1"))
    #expect(messages.comes(to: 2))
    #expect(first.isSilent())
    #expect(messages.entries == ["a1", "b1"])
    replies.entries[0].send([0x31])
    #expect(first.block() == "1")
    #expect(messages.comes(to: 3))
    #expect(messages.entries == ["a1", "b1", "a2"])
    listener.stop()
  }

  @Test("says nothing when the handler wishes so, and goes on")
  func nothing() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    wire.send(block("nothing") + block("something"))
    #expect(wire.block() == "something")
  }

  @Test("closes the connection of a message that gets no reply", arguments: ["dropped", "unframable"])
  func unanswered(_ text: String) throws {
    let faults = Journal<MLLPFault>()
    let listener = try echoListener({ $0.maximumConnections = 1 }, report: { fault, _ in faults.note(fault) })
    for number in 1...3 {
      let wire = try Wire(port: listener.port)
      wire.send(block("before") + block(text) + block("after"))
      #expect(wire.block() == "before")
      #expect(wire.isClosed())
      #expect(faults.entries == (1...number).map { _ in .unanswered })
    }
  }

  @Test("replies to a peer that has ended its own sending")
  func halfClosed() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    wire.send(block("slowly") + block("then"))
    wire.endWriting()
    #expect([wire.block(), wire.block(), wire.block()] == ["slowly", "then", nil])
  }

  @Test("closes when a peer breaks the protocol, tells why, and hands nothing of it on")
  func violation() throws {
    let (faults, messages) = (Journal<MLLPFault>(), Journal<[UInt8]>())
    let listener = try MLLPListener(report: { fault, _ in faults.note(fault) }) { message, reply in
      messages.note(message.bytes)
      reply.send(message.bytes)
    }
    let streams: [(String, MLLPViolation)] = [
      ("nonsense", .noStart), ("\u{0B}a\u{1C}b\u{1C}\r", .noReturn),
      ("\u{0B}MSH|a\r\u{0B}MSH|b\r\u{1C}\r", .startWithinMessage),
    ]
    for (number, (stream, violation)) in streams.enumerated() {
      let wire = try Wire(port: listener.port)
      wire.send(block("good") + stream + block("after"))
      #expect(wire.block() == "good")
      #expect(wire.isClosed())
      #expect(faults.comes(to: number + 1))
      #expect(faults.entries.last == .violation(violation))
    }
    #expect(messages.entries == streams.map { _ in Array("good".utf8) })
    listener.stop()
  }

  @Test("hands nothing on of a message that its peer does not end")
  func cutShort() throws {
    let faults = Journal<MLLPFault>()
    let listener = try echoListener(report: { fault, _ in faults.note(fault) })
    for stream in ["\u{0B}MSH|half", "\u{0B}MSH|almost\r\u{1C}"] {
      let wire = try Wire(port: listener.port)
      wire.send(stream)
      wire.endWriting()
      #expect(wire.isClosed())
    }
    #expect(faults.comes(to: 2))
    #expect(faults.entries == [.cutShort, .cutShort])
  }

  @Test("survives random bytes on many connections", arguments: UInt64(0)..<4)
  func noise(_ seed: UInt64) throws {
    var random = Seeded(seed: seed)
    let listener = try echoListener { $0.maximumMessageBytes = 1000 }
    for _ in 0..<100 {
      let wire = try Wire(port: listener.port)
      wire.send([0x0B] + random.protocolBytes(Int.random(in: 1...3000, using: &random)))
    }
    let good = try Wire(port: listener.port)
    good.send(block("good"))
    #expect(good.block() == "good")
  }

  @Test("that cannot listen says why")
  func refused() throws {
    let listener = try echoListener()
    let error = #expect(throws: MLLPListenerError.self) { try echoListener { $0.port = listener.port } }
    #expect(error?.description == "cannot listen on 127.0.0.1 port \(listener.port): Address already in use")
    #expect(throws: MLLPListenerError.notAnAddress("localhost")) {
      try echoListener { $0.address = "localhost" }
    }
  }
}
