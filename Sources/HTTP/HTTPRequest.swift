/// One complete request that has passed the gate: framing, names and values are clean.
public struct HTTPRequest: Sendable {
  /// The method as sent, case-sensitive, for example `POST`.
  public let method: String
  /// The path, percent-decoded; it starts with `/` and has no `.` or `..` segments.
  public let path: String
  /// The query's fields in the order sent, decoded; a field without `=` has an empty value.
  public let query: [(name: String, value: String)]
  /// The header fields in the order sent, names as written.
  public let headers: [(name: String, value: String)]
  /// The body, after removal of the chunked coding.
  public let body: [UInt8]
  /// Who sent it.
  public let peer: HTTPPeer

  /// The first header field of that name; case does not matter.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }

  /// The first query field of exactly that name.
  public func query(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
