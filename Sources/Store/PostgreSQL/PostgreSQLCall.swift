/// A statement with the values of its parameters, `$1` first.
struct PostgreSQLCall {
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
enum PostgreSQLValue {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  /// An array of `bigint`.
  case integers([Int64])
  /// An array of `text`.
  case texts([String])

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
    case .integers(let values):
      // One dimension, no nulls, the element type's number, the count, the first index.
      let header: [Int32] = values.isEmpty ? [0, 0, 20] : [1, 0, 20, Int32(values.count), 1]
      for word in header { Self.append(word, to: &bytes) }
      for value in values {
        Self.append(Int32(8), to: &bytes)
        Self.append(value, to: &bytes)
      }
    case .texts(let values):
      let header: [Int32] = values.isEmpty ? [0, 0, 25] : [1, 0, 25, Int32(values.count), 1]
      for word in header { Self.append(word, to: &bytes) }
      for value in values {
        let place = bytes.count
        Self.append(Int32(0), to: &bytes)
        Self.append(value, to: &bytes)
        var length: [UInt8] = []
        Self.append(Int32(bytes.count - place - 4), to: &length)
        bytes.replaceSubrange(place..<(place + 4), with: length)
      }
    }
    return true
  }

  /// Bytes, about.
  var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .null, .integer, .integers, .texts: 8
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
