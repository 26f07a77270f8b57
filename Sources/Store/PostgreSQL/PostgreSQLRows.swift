import CPQ

/// The rows of one answer, in the protocol's binary form. Rows and columns count from 0.
final class PostgreSQLRows {
  private let handle: OpaquePointer

  /// Takes the result over.
  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    PQclear(handle)
  }

  /// The SQLSTATE of a refusal; nil when there is none, as when the connection broke.
  var state: String? {
    PQresultErrorField(handle, Int32(UnicodeScalar("C").value)).map { String(cString: $0) }
  }

  var count: Int { Int(PQntuples(handle)) }

  /// How many rows the statement changed.
  var changes: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  var indices: Range<Int> { 0..<count }

  /// Zero for NULL.
  func integer(_ row: Int, _ column: Int) -> Int64 {
    optionalInteger(row, column) ?? 0
  }

  func optionalInteger(_ row: Int, _ column: Int) -> Int64? {
    guard let bytes = value(row, column), let first = bytes.first else { return nil }
    return bytes.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
  }

  /// False for NULL.
  func flag(_ row: Int, _ column: Int) -> Bool {
    value(row, column)?.first == 1
  }

  /// Empty for NULL.
  func text(_ row: Int, _ column: Int) -> String {
    optionalText(row, column) ?? ""
  }

  func optionalText(_ row: Int, _ column: Int) -> String? {
    value(row, column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Empty for NULL.
  func bytes(_ row: Int, _ column: Int) -> [UInt8] {
    optionalBytes(row, column) ?? []
  }

  func optionalBytes(_ row: Int, _ column: Int) -> [UInt8]? {
    value(row, column).map { Array($0) }
  }

  /// Shows bytes where they lie; none for NULL.
  func show(_ row: Int, _ column: Int, _ body: (Span<UInt8>) -> Void) {
    let bytes = value(row, column) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    withExtendedLifetime(self) { body(bytes.bindMemory(to: UInt8.self).span) }
  }

  /// Nil for NULL. Valid as long as this object.
  private func value(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
    guard PQgetisnull(handle, Int32(row), Int32(column)) == 0 else { return nil }
    let start = PQgetvalue(handle, Int32(row), Int32(column))
    return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, Int32(row), Int32(column))))
  }
}
