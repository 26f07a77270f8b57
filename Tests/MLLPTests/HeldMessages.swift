import MLLP
import Synchronization

/// Messages that wait until a test answers them; others are answered at once.
final class HeldMessages: Sendable {
  private let replies = Mutex<[(text: [UInt8], reply: MLLPReply)]>([])
  private let isHeld: @Sendable ([UInt8]) -> Bool

  /// - Parameter isHeld: of a message's bytes.
  init(where isHeld: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }) { self.isHeld = isHeld }

  var count: Int { replies.withLock { $0.count } }

  /// Answers all of them with themselves.
  func answer() {
    let all = replies.withLock { replies in
      defer { replies = [] }
      return replies
    }
    for (text, reply) in all { reply.send(text) }
  }

  /// A listener that hands its messages to this.
  func listener(
    _ change: (inout MLLPConfiguration) -> Void = { _ in },
    report: @escaping @Sendable (MLLPFault, MLLPPeer) -> Void = { _, _ in }
  ) throws -> MLLPListener {
    var configuration = MLLPConfiguration.patient
    change(&configuration)
    return try MLLPListener(configuration: configuration, report: report) { [self] message, reply in
      guard isHeld(message.bytes) else { return reply.send(message.bytes) }
      replies.withLock { $0.append((message.bytes, reply)) }
    }
  }
}
