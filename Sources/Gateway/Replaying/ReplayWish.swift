import HTTP
import Store

/// Which messages are to be translated and delivered again, and how.
struct ReplayWish: Sendable {
  let query: MessageQuery
  /// Only deliveries of this route and to this target; `nil` for all.
  let route, target: String?
  /// Names the wish to send also what the targets have already; the same name sends it once. `nil` sends only
  /// what has changed.
  let again: String?
  /// Only tells what would be done.
  let isDryRun: Bool
  let cursor: Int64?
  let limit: Int

  init(_ request: HTTPRequest) throws(QueryError) {
    query = MessageQuery(
      state: try request.choice("state", MessageState.self), mapping: request.query("mapping"),
      mappingVersion: request.query("version"), received: try request.span())
    route = request.query("route")
    target = request.query("target")
    again = request.query("again")
    isDryRun = request.query("dry-run") != "false"
    cursor = request.query("after").flatMap { Int64($0) }
    limit = try request.limit(most: 500)
    if let again, again.utf8.count > 40 || !again.utf8.allSatisfy(Self.isWordByte) {
      throw QueryError(text: "again is a name of up to 40 letters, digits and hyphens")
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
  }
}
