/// Values of parameters as libpq wants them: one buffer, and where each begins and how long it is.
struct PostgreSQLArguments {
  private var bytes: [UInt8] = []
  private var offsets: [Int?] = []
  private var lengths: [Int32] = []

  init(_ values: [PostgreSQLValue]) {
    for value in values {
      let start = bytes.count
      offsets.append(value.encode(into: &bytes) ? start : nil)
      lengths.append(Int32(clamping: bytes.count - start))
    }
    // An empty value has an address all the same; without one it would be null.
    bytes.append(0)
  }

  /// Bytes, about.
  var size: Int { bytes.count }

  typealias Pointers = (
    Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
  ) -> Int32

  /// Lends the values, all in binary form, for the length of one call.
  func withPointers(_ call: Pointers) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let values = offsets.map { offset in offset.flatMap { start?.advanced(by: $0) } }
      let formats = [Int32](repeating: 1, count: offsets.count)
      return call(Int32(offsets.count), values, lengths, formats)
    }
  }
}
