/// Writes the canonical form: integers big-endian, texts and bytes after their length in two bytes.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: about how many bytes there will be.
  init(capacity: Int = 640) {
    bytes.reserveCapacity(capacity)
  }

  /// Goes on behind what was written before.
  init(behind bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func put(_ byte: UInt8) { bytes.append(byte) }

  mutating func put(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ text: String, as field: String) throws(AuditError) {
    try put(count: text.utf8.count, field)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put(_ value: [UInt8], as field: String) throws(AuditError) {
    try put(count: value.count, field)
    bytes += value
  }

  private mutating func put(count: Int, _ field: String) throws(AuditError) {
    guard count <= Self.mostBytes else { throw .tooLong(field: field) }
    put(UInt8(count >> 8))
    put(UInt8(count & 0xFF))
  }

  mutating func put(raw value: ArraySlice<UInt8>) { bytes.append(contentsOf: value) }

  /// A whole record must have less than 65536 bytes, so that C2SP's entry bundles can hold it.
  private static let mostBytes = 16_384
}

/// Reads it; nil wherever the bytes are not what a writer writes.
struct RecordReader {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func number() -> Int64? {
    take(8).map { bytes[$0].reduce(0) { $0 << 8 | Int64($1) } }
  }

  mutating func text() -> String? {
    length().flatMap { take($0) }.flatMap { String(validating: bytes[$0], as: UTF8.self) }
  }

  mutating func value() -> [UInt8]? {
    length().flatMap { raw($0) }
  }

  mutating func raw(_ count: Int) -> [UInt8]? {
    take(count).map { Array(bytes[$0]) }
  }

  private mutating func length() -> Int? {
    take(2).map { Int(bytes[$0.lowerBound]) << 8 | Int(bytes[$0.lowerBound + 1]) }
  }

  private mutating func take(_ count: Int) -> Range<Int>? {
    guard bytes.count - position >= count else { return nil }
    defer { position += count }
    return position..<position + count
  }
}
