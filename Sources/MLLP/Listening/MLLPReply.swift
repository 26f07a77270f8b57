import Synchronization

/// The promise of one reply, which may be given from any thread.
///
/// If it goes away ungiven, the connection is closed without an acknowledgement, so that the sender sends
/// the message again.
public final class MLLPReply: Sendable {
  private let mailbox: Mailbox
  private let connection: UInt64
  private let isGiven = Atomic<Bool>(false)

  init(to connection: UInt64, through mailbox: Mailbox) {
    self.connection = connection
    self.mailbox = mailbox
  }

  deinit {
    give(.dropped)
  }

  /// Sends the acknowledgement in a block of its own.
  ///
  /// The first call counts, later ones do nothing, and so does one whose peer has gone. Bytes that no block
  /// can carry (see ``MLLPBlock/framing(_:)``) close the connection instead.
  public func send(_ acknowledgement: [UInt8]) {
    give(MLLPBlock.framing(acknowledgement).map(Answer.block) ?? .dropped)
  }

  /// Ends the exchange without an acknowledgement, as the sender wished (MSH-15 and MSH-16 `NE`).
  public func sendNothing() {
    give(.nothing)
  }

  private func give(_ answer: Answer) {
    guard !isGiven.exchange(true, ordering: .acquiringAndReleasing) else { return }
    mailbox.post(answer, to: connection)
  }
}

/// What becomes of one exchange.
enum Answer: Sendable {
  case block([UInt8])
  case nothing
  case dropped
}
