public import Cryptography

/// How an ``MLLPListener`` listens and what it lets one peer take.
public struct MLLPConfiguration: Sendable {
  /// The numeric IPv4 or IPv6 address to bind.
  public var address = "127.0.0.1"
  /// The TCP port; 0 lets the kernel choose, see ``MLLPListener/port``.
  public var port: UInt16 = 0
  /// The listener's certificates; nil for plain TCP. Peers are asked for theirs when there are authorities to
  /// believe them by; who shows none, or a wrong one, is told to ``MLLPListener``'s `admit`.
  public var tls: RenewableCredentials?
  /// The longest message in bytes; a longer one closes its connection.
  public var maximumMessageBytes = 10 << 20
  /// The most bytes that all messages together may hold that have begun or wait for their replies; a
  /// message that comes beyond it closes its connection, and its sender sends it again.
  public var maximumBytesInMemory = 256 << 20
  /// The most connections at once; more wait unaccepted until there is room.
  public var maximumConnections = 1024
  /// The most connections at once from one address; one more is closed at once. 0 for no such limit.
  public var maximumConnectionsPerAddress = 256
  /// A TLS handshake must be over this long after the connection was made.
  public var handshakeDeadline: Duration = .seconds(10)
  /// A connection may wait this long between two messages, or before its first.
  public var idleDeadline: Duration = .seconds(600)
  /// A message that has begun must be here this long afterwards, however fast it comes.
  public var messageDeadline: Duration = .seconds(120)
  /// For so long a message that has begun may be slower than the rate below.
  public var messageGrace: Duration = .seconds(5)
  /// After the grace a message must have come at this rate or better.
  public var minimumBytesPerSecond = 8 << 10
  /// A reply must have been taken this long after it was ready.
  public var replyDeadline: Duration = .seconds(60)
  /// How long ``MLLPListener/stop()`` waits for replies to messages under way.
  public var drainDeadline: Duration = .seconds(5)

  /// The defaults above.
  public init() {}
}
