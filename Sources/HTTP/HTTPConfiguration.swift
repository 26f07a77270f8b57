public import Cryptography

/// How an ``HTTPServer`` listens and what it lets one client take.
public struct HTTPConfiguration: Sendable {
  /// The numeric IPv4 or IPv6 address to bind.
  public var address = "127.0.0.1"
  /// The TCP port; 0 lets the kernel choose, see ``HTTPServer/port``.
  public var port: UInt16 = 0
  /// The server's certificates; nil for plain HTTP. Clients are asked for theirs when there are authorities
  /// to believe them by; who shows none, or a wrong one, is served all the same, see ``HTTPPeer/identity``.
  public var tls: RenewableCredentials?
  /// Threads that serve connections, at least 2.
  public var threads = 2
  /// The longest body in bytes; a longer one is refused with 413.
  public var maximumBodyBytes = 50 << 20
  /// The most bytes that all bodies together may hold; beyond it requests get 503 and `Retry-After`.
  public var maximumBodyBytesInMemory = 512 << 20
  /// Memory of one connection, which bounds its header: the text and about 60 bytes for each field must
  /// fit, or the client gets 431 (414 for the request line).
  public var headerMemoryBytes = 32 << 10
  /// The most connections at once.
  public var maximumConnections = 2048
  /// The most connections at once from one address; 0 for no such limit.
  public var maximumConnectionsPerAddress = 512
  /// A complete header must be here this long after the connection opened or the header began.
  public var headerDeadline: Duration = .seconds(5)
  /// A body must be here this long after its header, however fast it comes.
  public var bodyDeadline: Duration = .seconds(120)
  /// After a grace of one header deadline a body must have come at this rate or better.
  public var minimumBodyBytesPerSecond = 8 << 10
  /// An answer must have been taken this long after it was ready.
  public var answerDeadline: Duration = .seconds(60)
  /// A connection may wait this long between two requests.
  public var idleDeadline: Duration = .seconds(60)
  /// How long ``HTTPServer/stop()`` waits for answers before it gives 503 in their place.
  public var drainDeadline: Duration = .seconds(5)

  /// The defaults above.
  public init() {}
}
