import Foundation
import MLLP
import TestRig
import Testing

@Suite("Stopping a listener")
struct StoppingTests {
  @Test("waits for replies under way, and hands nothing more on")
  func drains() throws {
    let held = HeldMessages()
    let listener = try held.listener({ $0.drainDeadline = .seconds(300) })
    let wires = try (0..<10).map { _ in try Wire(port: listener.port) }
    let idle = try Wire(port: listener.port)
    let begun = try Wire(port: listener.port)
    begun.send("\u{0B}MSH|")
    for wire in wires { wire.send(block("slowly") + block("not this one")) }
    #expect(eventually { held.count == 10 })
    Thread.detachNewThread {
      usleep(300_000)
      held.answer()
    }
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
