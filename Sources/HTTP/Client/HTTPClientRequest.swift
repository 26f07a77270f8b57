/// One request that an ``HTTPClient`` sends, and what it may cost.
public struct HTTPClientRequest: Sendable {
  /// The method, case-sensitive, for example `POST`.
  public var method: String
  /// The absolute URL in ASCII (RFC 3986), without user name and password; a fragment is not sent.
  public var url: String
  /// Header fields in the order they are sent. The client itself writes `Host` and what frames the message
  /// (`Content-Length`, `Transfer-Encoding`, `Connection` and the like); a request with those is refused.
  public var headers: [(name: String, value: String)]
  /// The body; empty for none.
  public var body: [UInt8]
  /// How long name look-up, connection and TLS handshake may take together.
  public var connectLimit: Duration = .seconds(2)
  /// How long all of it may take, from ``HTTPClient/send(_:completion:)`` to the last byte of the answer.
  public var limit: Duration = .seconds(30)
  /// The certificate that the client shows to a server that asks for one.
  public var identity: HTTPClientIdentity?
  /// Whose certificates the server may show.
  public var trust = HTTPClientTrust.system
  /// Where the request may go.
  public var policy = HTTPClientPolicy()
  /// The longest body of an answer, in bytes, after decompression.
  public var maximumAnswerBytes = 1 << 20
  /// Whether the answer may come compressed with gzip; it is decompressed.
  public var acceptsGzip = false

  /// A request with these parts and the defaults above.
  public init(
    method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}
