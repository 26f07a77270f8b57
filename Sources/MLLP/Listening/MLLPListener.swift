import Foundation

/// Receives HL7 messages over MLLP, over TLS or, in a protected network, over plain TCP.
///
/// One thread serves all connections, so a slow peer holds up nobody. The messages of one connection are
/// handed on one after another: the next when the reply to the one before has been written, as HL7's
/// acknowledgement order wants it (HL7 v2.5.1, section 2.9). Nothing is read from a peer meanwhile.
///
/// What breaks the protocol closes the connection (``MLLPBlockReader`` says what does), after the reply to
/// a message before it. So does whatever passes a limit of the ``MLLPConfiguration``. Nothing but whole
/// messages is handed on; what was not acknowledged the sender sends again.
public final class MLLPListener: Sendable {
  private let loop: ListenerLoop
  private let mailbox: Mailbox
  /// The TCP port that the listener listens on.
  public let port: UInt16

  /// Starts to listen and to serve.
  ///
  /// All closures run on the listener's one thread and must not block.
  /// - Parameters:
  ///   - configuration: where to listen, and the limits.
  ///   - report: told why a connection was closed before its peer closed it.
  ///   - admit: asked about each connection before a byte of a message is read, after the handshake if there
  ///     is one; false closes it.
  ///   - handler: given each message; it answers at once or hands the ``MLLPReply`` to whoever will, after
  ///     the commit.
  /// - Throws: ``MLLPListenerError``.
  public init(
    configuration: MLLPConfiguration = MLLPConfiguration(),
    report: @escaping @Sendable (MLLPFault, MLLPPeer) -> Void = { _, _ in },
    admit: @escaping @Sendable (MLLPPeer) -> Bool = { _ in true },
    handler: @escaping @Sendable (MLLPMessage, MLLPReply) -> Void
  ) throws(MLLPListenerError) {
    let doorway = try Doorway(configuration)
    guard let mailbox = Mailbox() else { throw Doorway.failure(configuration) }
    port = doorway.port
    self.mailbox = mailbox
    let conversations = Conversations(
      configuration, mailbox: mailbox, report: report, admit: admit, handler: handler)
    loop = ListenerLoop(configuration, doorway: doorway, mailbox: mailbox, conversations: conversations)
    loop.start()
  }

  deinit {
    stop()
  }

  /// Stops listening and hands nothing more on, waits up to the drain deadline for the replies to messages
  /// under way, and closes all connections.
  ///
  /// Safe to call twice. Called by the handler on the listener's own thread it does not wait for the end.
  public func stop() {
    mailbox.postStop()
    loop.wait()
  }
}
