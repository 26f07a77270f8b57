/// Request line and header as the gate sees them.
struct RequestHead: Sendable {
  var method = ""
  var target = RequestTarget()
  var version = ""
  var fields: [(name: String, value: String)] = []

  /// The body's declared length in bytes; nil when the body is chunked.
  var contentLength: Int? = 0

  /// Removes white space after values, which the gate had to see (RFC 9110 section 5.5).
  mutating func trimValues() {
    for index in fields.indices where fields[index].value.utf8.last.map(Self.isSpace) == true {
      let kept = fields[index].value.utf8.reversed().drop(while: Self.isSpace).reversed()
      fields[index].value = String(decoding: Array(kept), as: UTF8.self)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
  }
}
