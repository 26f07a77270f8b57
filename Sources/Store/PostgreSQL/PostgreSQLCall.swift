/// A statement with the values of its parameters, `$1` first.
struct PostgreSQLCall: Hashable {
  let sql: String
  let values: [PostgreSQLValue]

  init(_ sql: String, _ values: PostgreSQLValue...) {
    self.init(sql, values: values)
  }

  init(_ sql: String, values: [PostgreSQLValue]) {
    self.sql = sql
    self.values = values
  }
}

/// A value as the protocol's binary form carries it.
enum PostgreSQLValue: Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  /// An array of `bigint`.
  case integers([Int64?])
  /// An array of `text`.
  case texts([String?])
  /// An array of `bytea`.
  case blobs([[UInt8]?])

  static func optional(_ value: Int64?) -> Self { value.map { .integer($0) } ?? .null }
  static func optional(_ value: String?) -> Self { value.map { .text($0) } ?? .null }
  static func optional(_ value: [UInt8]?) -> Self { value.map { .bytes($0) } ?? .null }

  /// Appends the value's bytes; false when there are none, since it is null.
  func encode(into bytes: inout [UInt8]) -> Bool {
    switch self {
    case .null: return false
    case .integer(let value): Self.append(value, to: &bytes)
    case .text(let value): Self.append(value, to: &bytes)
    case .bytes(let value): bytes.append(contentsOf: value)
    case .integers(let values): Self.append(values, ofType: 20, to: &bytes) { Self.append($0, to: &$1) }
    case .texts(let values): Self.append(values, ofType: 25, to: &bytes) { Self.append($0, to: &$1) }
    case .blobs(let values):
      Self.append(values, ofType: 17, to: &bytes) { $1.append(contentsOf: $0) }
    }
    return true
  }

  /// Bytes, about.
  var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .blobs(let values): values.reduce(0) { $0 + ($1?.count ?? 0) + 4 }
    case .null, .integer, .integers, .texts: 8
    }
  }

  /// One dimension: whether there are nulls, the element type's number, the count, the first index; then each
  /// element's length and bytes.
  private static func append<Element>(
    _ values: [Element?], ofType type: Int32, to bytes: inout [UInt8],
    _ encode: (Element, inout [UInt8]) -> Void
  ) {
    let hasNulls: Int32 = values.contains { $0 == nil } ? 1 : 0
    let header = values.isEmpty ? [0, 0, type] : [1, hasNulls, type, Int32(values.count), 1]
    for word in header { append(word, to: &bytes) }
    for value in values {
      guard let value else {
        append(Int32(-1), to: &bytes)
        continue
      }
      let place = bytes.count
      append(Int32(0), to: &bytes)
      encode(value, &bytes)
      var length = Int32(bytes.count - place - 4).bigEndian
      withUnsafeBytes(of: &length) { bytes.replaceSubrange(place..<(place + 4), with: $0) }
    }
  }

  /// The server's text can't hold U+0000, which becomes its symbol.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for (index, part) in text.utf8.split(separator: 0, omittingEmptySubsequences: false).enumerated() {
      if index > 0 { bytes.append(contentsOf: "\u{2400}".utf8) }
      bytes.append(contentsOf: part)
    }
  }

  private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
