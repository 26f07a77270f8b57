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

  /// What is wished, for the log.
  var words: String {
    let parts = [
      ("state", query.state?.rawValue), ("mapping", query.mapping), ("version", query.mappingVersion),
      ("from", query.received.map { Timestamp.text(milliseconds: $0.lowerBound) }),
      ("to", query.received.map { Timestamp.text(milliseconds: $0.upperBound) }),
      ("route", route), ("target", target), ("again", again), ("after", cursor.map(String.init)),
      ("limit", String(limit)),
    ]
    return String(
      parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: " ").prefix(1000))
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
  }
}

/// What came of a replay, or would.
struct ReplayCount: Equatable {
  /// The messages that were looked at.
  var messages = 0
  /// Those that can't be translated now.
  var failed = 0
  /// Those whose content was kept for long enough and is gone.
  var removed = 0
  /// Deliveries that are new.
  var made = 0
  /// Deliveries that wait or are dead and get the new document.
  var edited = 0
  /// Deliveries that the target has in another form and gets again.
  var corrected = 0
  /// Deliveries that would say the same again.
  var unchanged = 0

  static func + (left: ReplayCount, right: ReplayCount) -> ReplayCount {
    ReplayCount(
      messages: left.messages + right.messages, failed: left.failed + right.failed,
      removed: left.removed + right.removed,
      made: left.made + right.made, edited: left.edited + right.edited,
      corrected: left.corrected + right.corrected, unchanged: left.unchanged + right.unchanged)
  }

  var json: JSONObject {
    var object = JSONObject()
    let members = [
      ("messages", messages), ("failed", failed), ("removed", removed), ("made", made), ("edited", edited),
      ("corrected", corrected), ("unchanged", unchanged),
    ]
    for (name, number) in members { object.add(name, json: String(number)) }
    return object
  }
}
