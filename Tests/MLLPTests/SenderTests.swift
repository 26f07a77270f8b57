import Foundation
import MLLP
import Synchronization
import TestRig
import Testing

@Suite("A sender")
struct SenderTests {
  private func sender(
    to port: UInt16, host: String = "127.0.0.1", _ change: (inout MLLPSenderConfiguration) -> Void = { _ in }
  ) -> MLLPSender {
    var configuration = MLLPSenderConfiguration.patient
    change(&configuration)
    return MLLPSender(host: host, port: port, configuration: configuration)
  }

  private func send(_ text: String, by sender: MLLPSender) throws(MLLPError) -> String {
    String(decoding: try sender.send(Array(text.utf8)), as: UTF8.self)
  }

  @Test("sends and gives the answer, over one connection that it keeps")
  func keeps() throws {
    let connections = Atomic<Int>(0)
    let receiver = Receiver { wire, number in
      connections.store(number + 1, ordering: .sequentiallyConsistent)
      while let message = wire.block() { wire.send(block("ack of \(message)") + "\n") }
    }
    let sender = sender(to: receiver.port, host: "localhost")
    for number in 1...5 {
      #expect(try send("\(number)", by: sender) == "ack of \(number)")
      usleep(20_000)
    }
    #expect(connections.load(ordering: .sequentiallyConsistent) == 1)
  }

  @Test("and a listener exchange messages over 200 connections, large ones too")
  func roundTrip() throws {
    let listener = try echoListener()
    let answered = Atomic<Int>(0)
    let threads = DispatchGroup()
    for number in 0..<200 {
      threads.enter()
      Thread.detachNewThread {
        defer { threads.leave() }
        let sender = sender(to: listener.port)
        for round in 0..<5 {
          let text = "later \(number) \(round) " + String(repeating: "x", count: number * 500)
          if (try? send(text, by: sender)) == text { answered.add(1, ordering: .relaxed) }
        }
      }
    }
    threads.wait()
    #expect(answered.load(ordering: .relaxed) == 1000)
  }

  @Test("of many threads sends one message at a time")
  func oneAtATime() throws {
    let receiver = Receiver { wire, number in
      guard number == 0 else { return }
      while let message = wire.block() {
        if !wire.isSilent(milliseconds: 5) { return }
        wire.send(block(message))
      }
    }
    let sender = sender(to: receiver.port)
    let answered = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 20) { number in
      if (try? send("\(number)", by: sender)) == "\(number)" { answered.add(1, ordering: .relaxed) }
    }
    #expect(answered.load(ordering: .relaxed) == 20)
  }

  @Test("reconnects when the receiver has closed after each answer")
  func reconnects() throws {
    let receiver = Receiver { wire, number in
      if let message = wire.block() { wire.send(block("\(message) by \(number)")) }
    }
    let sender = sender(to: receiver.port)
    for number in 0..<5 {
      #expect(try send("m", by: sender) == "m by \(number)")
      #expect(receiver.closed.comes(to: number + 1))
    }
  }

  @Test("reconnects when the receiver was started anew")
  func restarted() throws {
    let listener = try echoListener()
    let sender = sender(to: listener.port)
    #expect(try send("one", by: sender) == "one")
    listener.stop()
    #expect(throws: MLLPError.notSent(.cannotConnect(reason: "Connection refused"))) {
      try send("two", by: sender)
    }
    let next = try echoListener { $0.port = listener.port }
    #expect(try send("three", by: sender) == "three")
    next.stop()
  }

  @Test("never takes a late answer for the next message's: after a time-out the connection is closed")
  func lateAnswer() throws {
    let isLate = DispatchSemaphore(value: 0)
    let receiver = Receiver { wire, number in
      while let message = wire.block() {
        if number == 0 { isLate.wait() }
        wire.send(block("ack of \(message)"))
      }
    }
    let sender = sender(to: receiver.port) { $0.answerDeadline = .milliseconds(200) }
    #expect(throws: MLLPError.unknown(.answerTimeOut)) { try send("first", by: sender) }
    isLate.signal()
    // Whoever can't answer in time on a busy machine is asked again.
    #expect(
      look({ try? send("second", by: sender) }, until: { $0 != nil }) == "ack of second")
    #expect(receiver.closed.comes(to: 1))
  }

  @Test("never takes an answer that came unasked for the next message's", arguments: [true, false])
  func secondAnswer(_ isTogether: Bool) throws {
    let strays = Journal<Int>()
    let receiver = Receiver { wire, number in
      while let message = wire.block() {
        wire.send(block("\(message) over \(number)") + (isTogether ? block("stray") : ""))
        if !isTogether {
          usleep(50_000)
          wire.send(block("stray"))
        }
        strays.note(number)
      }
    }
    let sender = sender(to: receiver.port)
    for number in 0..<3 {
      #expect(try send("m", by: sender) == "m over \(number)")
      #expect(strays.comes(to: number + 1))
    }
  }

  @Test("tells what was certainly not sent")
  func notSent() throws {
    let unused = Receiver { _, _ in }.port
    #expect(throws: MLLPError.notSent(.cannotConnect(reason: "Connection refused"))) {
      try send("m", by: sender(to: unused))
    }
    #expect(throws: MLLPError.notSent(.hostNotFound)) {
      try send("m", by: sender(to: 1, host: "no-such-host.invalid"))
    }
    let receiver = Receiver { wire, _ in while let message = wire.block() { wire.send(block(message)) } }
    for text in ["a\u{1C}b", "MSH|a\r\u{0B}MSH|b"] {
      #expect(throws: MLLPError.notSent(.notFramable)) { try send(text, by: sender(to: receiver.port)) }
    }
    let closed = sender(to: receiver.port)
    #expect(try send("m", by: closed) == "m")
    closed.close()
    closed.close()
    #expect(throws: MLLPError.notSent(.closed)) { try send("m", by: closed) }
  }

  @Test(
    "tells that the receiver may have acted, whatever it did instead of answering",
    arguments: [
      ("", .connectionLost), ("\u{0B}MSA|AA", .connectionLost), ("HTTP/1.1 400\r\n", .notABlock(.noStart)),
      ("\u{0B}MSA|AA\u{1C}\n", .notABlock(.noReturn)),
      ("\u{0B}" + String(repeating: "x", count: 101), .notABlock(.tooLong)),
    ] as [(String, MLLPError.Unknown)])
  func unknown(_ answer: String, _ why: MLLPError.Unknown) throws {
    let receiver = Receiver { wire, _ in if wire.block() != nil { wire.send(answer) } }
    let sender = sender(to: receiver.port) { $0.maximumAnswerBytes = 100 }
    #expect(throws: MLLPError.unknown(why)) { try send("m", by: sender) }
  }

  @Test("tells that the receiver may have acted when a part of a message was sent, which it resets")
  func partial() throws {
    let ends = Journal<Int32>()
    let isOver = DispatchSemaphore(value: 0)
    let receiver = Receiver { wire, _ in
      isOver.wait()
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while recv(wire.socket, &buffer, buffer.count, 0) > 0 {}
      ends.note(errno)
    }
    let sender = sender(to: receiver.port) { $0.answerDeadline = .milliseconds(300) }
    let text = String(repeating: "x", count: 64 << 20)
    #expect(throws: MLLPError.unknown(.answerTimeOut)) { try send(text, by: sender) }
    isOver.signal()
    #expect(ends.comes(to: 1))
    #expect(ends.entries == [ECONNRESET])
  }

  @Test("is closed under a message that waits for its answer")
  func closeWhileWaiting() throws {
    let come = Journal<String?>()
    let receiver = Receiver { wire, _ in
      come.note(wire.block())
      _ = wire.block()
    }
    let sender = sender(to: receiver.port)
    Thread.detachNewThread {
      _ = come.comes(to: 1)
      sender.close()
    }
    #expect(throws: MLLPError.unknown(.closed)) { try send("m", by: sender) }
  }

  @Test("gives up connecting in time to a host that does not answer")
  func connectTimeOut() throws {
    let full = FullReceiver()
    let sender = sender(to: full.port) { $0.connectDeadline = .milliseconds(200) }
    #expect(throws: MLLPError.notSent(.connectTimeOut)) { try send("m", by: sender) }
  }
}
