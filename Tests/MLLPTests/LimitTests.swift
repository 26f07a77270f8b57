import Foundation
import MLLP
import TestRig
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
    #expect(faults.comes(to: 1) && faults.entries == [.violation(.tooLong)])
  }

  @Test("the memory of all messages that have begun or wait for replies, and gives it back")
  func memory() throws {
    let held = HeldMessages { $0.starts(with: "held".utf8) }
    let listener = try held.listener({ $0.maximumBytesInMemory = 10_000 }) { [faults] fault, _ in
      faults.note(fault)
    }
    let text = String(repeating: "x", count: 6_000)
    var wires = [try Wire(port: listener.port), try Wire(port: listener.port)]
    for wire in wires { wire.send("\u{0B}" + text) }
    // Whichever of them came later.
    let index = try #require(
      look({ wires.firstIndex(where: \.hasNews) }, until: { $0 != nil }))
    #expect(wires.remove(at: index).isClosed())
    #expect(faults.comes(to: 1) && faults.entries == [.memoryExhausted])
    let begun = wires[0]
    begun.send("\u{1C}\r")
    #expect(begun.block() == text)
    let waiting = try Wire(port: listener.port)
    waiting.send(block("held " + text))
    #expect(eventually { held.count == 1 })
    let other = try Wire(port: listener.port)
    other.send(block(text))
    #expect(other.isClosed())
    held.answer()
    #expect(waiting.block() == "held " + text)
    begun.send(block(text))
    #expect(begun.block() == text)
  }

  @Test("the memory of messages whose peers have gone, until their handlers are done")
  func abandoned() async throws {
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
      #expect(replies.comes(to: 1))
    }
    let early = try Wire(port: listener.port)
    early.send(block(String(repeating: "y", count: 4_500)))
    #expect(early.isClosed())
    replies.entries[0].send([])
    #expect(
      try await comesTrue {
        let late = try Wire(port: listener.port)
        late.send(block(String(repeating: "y", count: 4_500)))
        return late.block()?.count == 4_500
      })
    listener.stop()
  }

  @Test("connections from one address, and admits others when some have gone")
  func perAddress() async throws {
    let listener = try listener { $0.maximumConnectionsPerAddress = 3 }
    var wires = try (0..<3).map { _ in try Wire(port: listener.port) }
    for wire in wires {
      wire.send(block("in"))
      #expect(wire.block() == "in")
    }
    #expect(try Wire(port: listener.port).isClosed())
    #expect(faults.entries == [.tooManyConnections])
    wires.removeFirst()
    #expect(
      try await comesTrue {
        let next = try Wire(port: listener.port)
        next.send(block("in"))
        return next.block() == "in"
      })
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
  func idle() async throws {
    let held = HeldMessages()
    let listener = try held.listener({ $0.idleDeadline = .seconds(10) }) { [faults] fault, _ in
      faults.note(fault)
    }
    let busy = try Wire(port: listener.port)
    busy.send(block("slowly"))
    #expect(await comesTrue { held.count == 1 })
    let quiet = try Wire(port: listener.port)
    #expect(await comesTrue { !quiet.send("\r\n") })
    held.answer()
    #expect(busy.block() == "slowly")
    #expect(await comesTrue { busy.hasNews })
    #expect(busy.isClosed())
    #expect(faults.entries.isEmpty)
  }

  @Test(
    "how slowly a message comes, by rate and in all", arguments: [(300, 60_000, 1 << 20), (60_000, 300, 1)])
  func slow(_ grace: Int, _ absolute: Int, _ rate: Int) async throws {
    let listener = try listener {
      $0.messageGrace = .milliseconds(grace)
      $0.messageDeadline = .milliseconds(absolute)
      $0.minimumBytesPerSecond = rate
    }
    let wire = try Wire(port: listener.port)
    wire.send("\u{0B}")
    #expect(await comesTrue { !wire.send("x") })
    #expect(faults.entries == [.tooSlow])
  }

  @Test("how long a peer takes for its reply")
  func replyNotTaken() throws {
    let listener = try listener { $0.replyDeadline = .milliseconds(300) }
    let wire = try Wire(port: listener.port)
    wire.send(block(String(repeating: "x", count: 9 << 20)))
    #expect(faults.comes(to: 1))
    #expect(faults.entries == [.replyNotTaken])
  }
}
