/// One complete answer, whatever its status; redirects are answers too.
public struct HTTPClientAnswer: Sendable {
  /// The status code, as sent.
  public let status: Int
  /// The header fields in the order sent, names as written; trailers are left out.
  public let headers: [(name: String, value: String)]
  /// The body, after removal of the codings that the client asked for.
  public let body: [UInt8]

  /// The first header field of that name; case does not matter.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }
}
