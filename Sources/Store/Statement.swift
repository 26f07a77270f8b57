import CSQLite

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite.
final class Statement {
  private let handle: OpaquePointer
  private let connection: Connection
  private let doing: String

  /// Takes over the handle; keeps its connection open as long as it lives itself.
  init(_ handle: OpaquePointer, of connection: Connection, doing: String) {
    self.handle = handle
    self.connection = connection
    self.doing = doing
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bind(_ value: Int64, at index: Int32) throws(StoreError) {
    try check(sqlite3_bind_int64(handle, index, value))
  }

  func bind(_ value: Int64?, at index: Int32) throws(StoreError) {
    if let value { try bind(value, at: index) } else { try check(sqlite3_bind_null(handle, index)) }
  }

  func bind(_ value: String?, at index: Int32) throws(StoreError) {
    guard var value else { return try check(sqlite3_bind_null(handle, index)) }
    try check(
      value.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sluss_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
        }
      })
  }

  func bind(_ value: [UInt8]?, at index: Int32) throws(StoreError) {
    guard let value else { return try check(sqlite3_bind_null(handle, index)) }
    try check(value.withUnsafeBytes { sluss_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) })
  }

  /// Goes to the next row; false when there is none.
  func step() throws(StoreError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw .failed(doing: doing, code: code)
    }
  }

  /// Runs a statement whose rows nobody wants and makes it ready for the next time.
  func run() throws(StoreError) {
    defer { reset() }
    while try step() {}
  }

  /// Ends the current run; no row, lock or parameter survives.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// The type of a value: `SQLITE_INTEGER`, `SQLITE_TEXT`, `SQLITE_BLOB` or `SQLITE_NULL`.
  func kind(_ column: Int32) -> Int32 {
    sqlite3_column_type(handle, column)
  }

  func integer(_ column: Int32) -> Int64 {
    sqlite3_column_int64(handle, column)
  }

  func optionalInteger(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(column)
  }

  /// Empty for NULL.
  func text(_ column: Int32) -> String {
    optionalText(column) ?? ""
  }

  func optionalText(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  func optionalBlob(_ column: Int32) -> [UInt8]? {
    guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    return withBlob(column) { Array($0) }
  }

  /// Empty for NULL.
  func blob(_ column: Int32) -> [UInt8] {
    withBlob(column) { Array($0) }
  }

  func blob(_ column: Int32, equals bytes: [UInt8]) -> Bool {
    withBlob(column) { $0.elementsEqual(bytes) }
  }

  func show(_ column: Int32, _ body: (Span<UInt8>) -> Void) {
    withBlob(column) { body($0.bindMemory(to: UInt8.self).span) }
  }

  private func withBlob<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let start = sqlite3_column_blob(handle, column)
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  private func check(_ code: Int32) throws(StoreError) {
    guard code == SQLITE_OK else { throw .failed(doing: doing, code: code) }
  }
}
