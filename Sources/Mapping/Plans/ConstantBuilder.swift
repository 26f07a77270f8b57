import Documents

/// Collects constant texts into one run of bytes, each once.
struct ConstantBuilder {
  private(set) var bytes: [UInt8] = []
  private var known: [String: TableRange] = [:]

  mutating func add(_ text: String) -> TableRange {
    if let range = known[text] { return range }
    let range = TableRange(start: Int32(bytes.count), count: Int32(text.utf8.count))
    bytes += text.utf8
    known[text] = range
    return range
  }
}
