/// How much an ``HTTPClient`` does at once and what it keeps.
public struct HTTPClientConfiguration: Sendable {
  /// The most requests under way, and the most connections open, at once.
  public var maximumConnections = 256
  /// The same for one host and port, so that a host that is slow leaves room for the others.
  public var maximumConnectionsPerHost = 32
  /// The most requests that wait for their turn; beyond it they are refused.
  public var maximumWaiting = 10_000
  /// A connection that was idle this long is not used again; keep it below what the servers' own limits are.
  public var idleLimit: Duration = .seconds(30)
  /// A connection this old is not used again, so that new addresses and certificates count in the end.
  public var connectionLifetime: Duration = .seconds(600)

  /// The defaults above.
  public init() {}
}
