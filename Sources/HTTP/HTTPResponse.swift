/// One answer. The server adds `Date`, `Content-Length` and, where it will close, `Connection: close`.
public struct HTTPResponse: Sendable {
  /// The status code, 200 to 599.
  public var status: Int
  /// Header fields in the order they are sent; a field with a line break in it is left out.
  public var headers: [(name: String, value: String)]
  /// The body; empty for none.
  public var body: [UInt8]

  /// An answer with these parts.
  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A short answer for people: the text, one line, as `text/plain`.
  static func text(_ status: Int, _ text: String, headers: [(name: String, value: String)] = []) -> Self {
    let type = (name: "Content-Type", value: "text/plain; charset=utf-8")
    return HTTPResponse(status: status, headers: [type] + headers, body: Array((text + "\n").utf8))
  }

  static let unanswered = text(500, "The request was not answered.")
  static let stopping = text(503, "The server is stopping.", headers: [("Retry-After", "5")])
}
