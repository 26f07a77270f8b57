import Foundation
import MLLP
import Testing

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
