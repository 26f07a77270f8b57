import Foundation
import MLLP
import Synchronization
import TestRig

/// Starts a listener whose messages say how they are answered; every test has its own.
func echoListener(
  _ change: (inout MLLPConfiguration) -> Void = { _ in },
  report: @escaping @Sendable (MLLPFault, MLLPPeer) -> Void = { _, _ in }
) throws -> MLLPListener {
  var configuration = MLLPConfiguration.patient
  configuration.drainDeadline = .milliseconds(300)
  change(&configuration)
  return try MLLPListener(configuration: configuration, report: report, handler: echo)
}

extension MLLPConfiguration {
  /// For peers that a busy machine holds up, which are no slow peers.
  static let patient = {
    var configuration = MLLPConfiguration()
    configuration.maximumConnectionsPerAddress = 0
    configuration.handshakeDeadline = .seconds(3600)
    configuration.messageGrace = .seconds(3600)
    configuration.messageDeadline = .seconds(3600)
    configuration.replyDeadline = .seconds(3600)
    configuration.idleDeadline = .seconds(3600)
    return configuration
  }()
}

extension MLLPSenderConfiguration {
  /// For receivers that a busy machine holds up.
  static let patient = {
    var configuration = MLLPSenderConfiguration()
    (configuration.connectDeadline, configuration.answerDeadline) = (.seconds(300), .seconds(300))
    return configuration
  }()
}

@Sendable private func echo(_ message: MLLPMessage, _ reply: MLLPReply) {
  switch String(decoding: message.bytes.prefix { $0 > 0x20 }.prefix(20), as: UTF8.self) {
  case "later": Thread.detachNewThread { reply.send(message.bytes) }
  case "slowly":
    Thread.detachNewThread {
      usleep(300_000)
      reply.send(message.bytes)
    }
  case "dropped": break
  case "never": forgotten.withLock { $0.append(reply) }
  case "nothing": reply.sendNothing()
  case "twice":
    reply.send(Array("first".utf8))
    reply.send(Array("second".utf8))
  case "unframable": reply.send([0x1C, 0x0D])
  case "length": reply.send(Array("\(message.bytes.count)".utf8))
  case "who": reply.send(Array("\(message.peer.address) \(message.peer.port)".utf8))
  default: reply.send(message.bytes)
  }
}

/// Replies that somebody holds and never gives.
private let forgotten = Mutex<[MLLPReply]>([])

/// What happened, noted from any thread.
final class Journal<Entry: Sendable>: Sendable {
  private let noted = Mutex<[Entry]>([])

  var entries: [Entry] { noted.withLock { $0 } }

  func note(_ entry: Entry) {
    noted.withLock { $0.append(entry) }
  }

  /// Whether there are so many entries at last.
  func comes(to count: Int) -> Bool { eventually { entries.count >= count } }
}
