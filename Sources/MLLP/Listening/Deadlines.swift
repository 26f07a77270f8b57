/// The configured limits on slowness, in nanoseconds.
struct Deadlines: Sendable {
  /// How long a close waits for the peer to take what was sent.
  static let linger: Int64 = 1_000_000_000

  let handshake, idle, reply: Int64
  private let message, grace, bytesPerSecond: Int64

  init(_ configuration: MLLPConfiguration) {
    handshake = configuration.handshakeDeadline.nanoseconds
    idle = configuration.idleDeadline.nanoseconds
    reply = configuration.replyDeadline.nanoseconds
    message = configuration.messageDeadline.nanoseconds
    grace = configuration.messageGrace.nanoseconds
    bytesPerSecond = Int64(max(1, configuration.minimumBytesPerSecond))
  }

  /// How long a message may take of which so many bytes are here.
  func message(ofBytes bytes: Int) -> Int64 {
    min(message, grace + Int64(bytes) * 1_000_000_000 / bytesPerSecond)
  }
}
