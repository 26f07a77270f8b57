import Foundation
import MLLP
import Testing

@Suite("A listener limits")
struct LimitTests {
  private let faults = Journal<MLLPFault>()

  private func listener(_ change: (inout MLLPConfiguration) -> Void) throws -> MLLPListener {
    try echoListener(change, report: { [faults] fault, _ in faults.note(fault) })
  }

  @Test("a message's length")
  func length() throws {
    let listener = try listener { $0.maximumMessageBytes = 1000 }
    let wire = try Wire(port: listener.port)
    wire.send(block(String(repeating: "x", count: 1000)))
    #expect(wire.block()?.count == 1000)
    wire.send("\u{0B}" + String(repeating: "x", count: 1001))
    #expect(wire.isClosed())
    #expect(faults.entries == [.violation(.tooLong)])
  }

  @Test("the memory of all messages that have begun or wait for replies, and gives it back")
  func memory() throws {
    let listener = try listener { $0.maximumBytesInMemory = 10_000 }
    let text = String(repeating: "x", count: 6_000)
    let (begun, refused) = (try Wire(port: listener.port), try Wire(port: listener.port))
    begun.send("\u{0B}" + text)
    usleep(200_000)
    refused.send("\u{0B}" + text)
    #expect(refused.isClosed())
    #expect(faults.entries == [.memoryExhausted])
    begun.send("\u{1C}\r")
    #expect(begun.block() == text)
    let waiting = try Wire(port: listener.port)
    waiting.send(block("slowly " + text))
    usleep(100_000)
    let other = try Wire(port: listener.port)
    other.send(block(text))
    #expect(other.isClosed())
    #expect(waiting.block() == "slowly " + text)
    begun.send(block(text))
    #expect(begun.block() == text)
  }

  @Test("the memory of messages whose peers have gone, until their handlers are done")
  func abandoned() throws {
    let replies = Journal<MLLPReply>()
    var configuration = MLLPConfiguration()
    configuration.maximumBytesInMemory = 10_000
    let listener = try MLLPListener(configuration: configuration, report: { _, _ in }) { message, reply in
      if message.bytes.count > 5_000 { replies.note(reply) } else { reply.send(message.bytes) }
    }
    do {
      let gone = try Wire(port: listener.port)
      var reset = linger(l_onoff: 1, l_linger: 0)
      setsockopt(gone.socket, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
      gone.send(block(String(repeating: "x", count: 6_000)))
      #expect(replies.waits(for: 1))
    }
    let early = try Wire(port: listener.port)
    early.send(block(String(repeating: "y", count: 4_500)))
    #expect(early.isClosed())
    replies.entries[0].send([])
    let late = try Wire(port: listener.port)
    usleep(100_000)
    late.send(block(String(repeating: "y", count: 4_500)))
    #expect(late.block()?.count == 4_500)
    listener.stop()
  }

  @Test("connections from one address, and admits others when some have gone")
  func perAddress() throws {
    let listener = try listener { $0.maximumConnectionsPerAddress = 3 }
    var wires = try (0..<3).map { _ in try Wire(port: listener.port) }
    for wire in wires {
      wire.send(block("in"))
      #expect(wire.block() == "in")
    }
    #expect(try Wire(port: listener.port).isClosed())
    #expect(faults.entries == [.tooManyConnections])
    wires.removeFirst()
    usleep(200_000)
    let next = try Wire(port: listener.port)
    next.send(block("in"))
    #expect(next.block() == "in")
  }

  @Test("connections in all: one more waits until there is room")
  func inAll() throws {
    let listener = try listener { $0.maximumConnections = 3 }
    var wires = try (0..<3).map { _ in try Wire(port: listener.port) }
    for wire in wires {
      wire.send(block("in"))
      #expect(wire.block() == "in")
    }
    let next = try Wire(port: listener.port)
    next.send(block("waits"))
    #expect(next.isSilent())
    wires.removeFirst()
    #expect(next.block() == "waits")
  }

  @Test("how long a connection idles, line ends notwithstanding, but not a handler's thought")
  func idle() throws {
    let listener = try listener { $0.idleDeadline = .milliseconds(200) }
    let (quiet, busy) = (try Wire(port: listener.port), try Wire(port: listener.port))
    busy.send(block("slowly"))
    var isOpen = true
    for _ in 0..<200 where isOpen {
      isOpen = quiet.send("\r\n")
      usleep(20_000)
    }
    #expect(!isOpen)
    #expect(busy.block() == "slowly")
    #expect(busy.isClosed())
    #expect(faults.entries.isEmpty)
  }

  @Test(
    "how slowly a message comes, by rate and in all", arguments: [(300, 60_000, 1 << 20), (60_000, 300, 1)])
  func slow(_ grace: Int, _ absolute: Int, _ rate: Int) throws {
    let listener = try listener {
      $0.messageGrace = .milliseconds(grace)
      $0.messageDeadline = .milliseconds(absolute)
      $0.minimumBytesPerSecond = rate
    }
    let wire = try Wire(port: listener.port)
    wire.send("\u{0B}")
    var isOpen = true
    for _ in 0..<400 where isOpen {
      isOpen = wire.send("x")
      usleep(20_000)
    }
    #expect(!isOpen)
    #expect(faults.entries == [.tooSlow])
  }

  @Test("how long a peer takes for its reply")
  func replyNotTaken() throws {
    let listener = try listener { $0.replyDeadline = .milliseconds(300) }
    let wire = try Wire(port: listener.port)
    wire.send(block(String(repeating: "x", count: 9 << 20)))
    #expect(faults.waits(for: 1))
    #expect(faults.entries == [.replyNotTaken])
  }
}

@Suite("A listener is not held up", .serialized)
struct StarvationTests {
  @Test("by 300 peers that send slowly")
  func slowPeers() throws {
    let listener = try echoListener()
    let slow = try (0..<300).map { _ in try Wire(port: listener.port) }
    for wire in slow { wire.send("\u{0B}MSH|") }
    let good = try Wire(port: listener.port)
    for round in 0..<50 {
      for wire in slow.prefix(20) { wire.send("x") }
      good.send(block("later \(round)"))
      #expect(good.block() == "later \(round)")
    }
    for wire in slow { wire.send("\u{1C}\r") }
    #expect(slow.allSatisfy { $0.block()?.hasPrefix("MSH|") == true })
  }

  @Test("by slow peers that take every connection: they are cleared away for a good one")
  func fullHouse() throws {
    let listener = try echoListener {
      $0.maximumConnections = 100
      $0.messageGrace = .milliseconds(300)
    }
    let bad = try (0..<150).map { _ in try Wire(port: listener.port) }
    for wire in bad { wire.send("\u{0B}MSH|") }
    let good = try Wire(port: listener.port)
    good.send(block("good"))
    #expect(good.block() == "good")
    #expect(bad.prefix(100).allSatisfy { $0.isClosed() })
  }

  @Test("by 256 connections, again and again", arguments: 0..<3)
  func manyConnections(_: Int) throws {
    let listener = try echoListener()
    let wires = try (0..<256).map { _ in try Wire(port: listener.port) }
    for round in 0..<10 {
      let text = round % 2 == 0 ? "later" : "now"
      for wire in wires { wire.send(block(text)) }
      #expect(wires.allSatisfy { $0.block() == text })
    }
  }

  @Test("by a handler that keeps its replies")
  func withheldReplies() throws {
    let listener = try echoListener()
    let waiting = try (0..<100).map { _ in try Wire(port: listener.port) }
    for wire in waiting { wire.send(block("never") + block("more")) }
    let good = try Wire(port: listener.port)
    good.send(block("good"))
    #expect(good.block() == "good")
  }
}

@Suite("Stopping a listener")
struct StoppingTests {
  @Test("waits for replies under way, and hands nothing more on")
  func drains() throws {
    let listener = try echoListener { $0.drainDeadline = .seconds(20) }
    let wires = try (0..<10).map { _ in try Wire(port: listener.port) }
    let idle = try Wire(port: listener.port)
    let begun = try Wire(port: listener.port)
    begun.send("\u{0B}MSH|")
    for wire in wires { wire.send(block("slowly") + block("not this one")) }
    usleep(100_000)
    listener.stop()
    #expect(wires.allSatisfy { $0.block() == "slowly" && $0.block() == nil })
    #expect(idle.isClosed())
    #expect(begun.isClosed())
  }

  @Test("gives up what nobody answers, at the deadline")
  func abandons() throws {
    let listener = try echoListener()
    let wires = try (0..<20).map { _ in try Wire(port: listener.port) }
    for wire in wires { wire.send(block("never")) }
    usleep(100_000)
    listener.stop()
    #expect(wires.allSatisfy { $0.isClosed() })
  }

  @Test("twice is harmless, nothing listens afterwards, and another can listen there")
  func twice() throws {
    let listener = try echoListener()
    let wire = try Wire(port: listener.port)
    wire.send(block("a"))
    #expect(wire.block() == "a")
    listener.stop()
    listener.stop()
    #expect(throws: POSIXError.self) { try Wire(port: listener.port) }
    let next = try echoListener { $0.port = listener.port }
    let again = try Wire(port: next.port)
    again.send(block("b"))
    #expect(again.block() == "b")
  }

  @Test("by its own handler does not wait for itself")
  func fromHandler() throws {
    let listeners = Journal<MLLPListener>()
    let listener = try MLLPListener { message, reply in
      listeners.entries.first?.stop()
      reply.send(message.bytes)
    }
    listeners.note(listener)
    let wire = try Wire(port: listener.port)
    wire.send(block("last"))
    #expect(wire.block() == "last")
    #expect(wire.block() == nil)
  }
}
