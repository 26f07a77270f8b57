import Foundation
import MLLP
import TestRig
import Testing

/// Messages that go between Sluss and two other implementations of the protocol.
@Suite(.enabled(if: PythonPeer.isThere, "scripts/test makes the virtual environment with hl7 and hl7apy"))
struct PythonPeerTests {
  private func message(_ number: Int) -> [UInt8] {
    Array("MSH|^~\\&|A|B|C|D|20261121||ADT^A01^ADT_A01|M-\(number)|P|2.5.1\rPID|1||Å\(number)\r".utf8)
  }

  @Test(
    "A sender gets python-hl7's acknowledgements over one connection, and hl7apy's over many",
    arguments: ["serve", "serve-once"])
  func sending(_ server: String) throws {
    let peer = try PythonPeer(server)
    let sender = MLLPSender(host: "127.0.0.1", port: try #require(peer.port()))
    for number in 1...20 {
      let message = message(number)
      // It closes after each answer, and a sender that has not learnt of that yet may lose the next message.
      let again = server == "serve-once" ? look({ try? sender.send(message) }, until: { $0 != nil }) : nil
      let acknowledgement = try #require(Acknowledgement(try again ?? sender.send(message)))
      #expect(acknowledgement.outcome == .accepted)
      #expect(acknowledgement.answers(message))
    }
  }

  @Test("A listener answers python-hl7's client, message by message")
  func receiving() throws {
    let received = Journal<[UInt8]>()
    let listener = try MLLPListener { message, reply in
      received.note(message.bytes)
      let verdict: AcknowledgementVerdict =
        received.entries.count == 2 ? .error(.internalError, "No") : .accepted
      let answer = Acknowledgement.answering(message.bytes, verdict, controlID: "S", time: "20261121")
      Thread.detachNewThread { answer.map(reply.send) ?? reply.sendNothing() }
    }
    let files = (1...3).map { _ in NSTemporaryDirectory() + "sluss-\(UUID().uuidString).hl7" }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    for (number, file) in files.enumerated() {
      try Data(message(number)).write(to: URL(fileURLWithPath: file))
    }
    let peer = try PythonPeer("send", "\(listener.port)", files[0], files[1], files[2])
    #expect(
      try peer.answers() == [
        ["AA", "M-0", "ACK^A01^ACK"], ["AE", "M-1", "ACK^A01^ACK"], ["AA", "M-2", "ACK^A01^ACK"],
      ])
    #expect(received.entries == (0..<3).map(message))
    listener.stop()
  }
}
