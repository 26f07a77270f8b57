import Documents

/// A code table in one direction, as messages use it: bytes in, a range of constant bytes out.
final class LookupTable: Sendable {
  private struct Row: BitwiseCopyable {
    var source: TableRange
    var target: TableRange
    var next: Int32
  }

  enum Result {
    case found(UnsafeBufferPointer<UInt8>)
    /// What the pattern row makes: the text around the star, and the part of the value under it.
    case pattern(before: UnsafeBufferPointer<UInt8>, Range<Int>, after: UnsafeBufferPointer<UInt8>)
    case absent
    case missing
  }

  let name: String
  let direction: Direction
  /// All source codes, for diagnostics.
  let codes: [String]
  private let bytes: Table<UInt8>
  private let rows: Table<Row>
  private let buckets: Table<Int32>
  private let pattern: (source: (TableRange, TableRange), target: (TableRange, TableRange))?

  init(_ table: CodeTable, _ direction: Direction) {
    name = table.name
    self.direction = direction
    let used = table.rows(direction)
    codes = used.map { $0.source(direction) }.filter { !$0.isEmpty }
    var constants = ConstantBuilder()
    var size = 8
    while size < used.count * 2 { size *= 2 }
    var buckets = [Int32](repeating: -1, count: size)
    var rows: [Row] = []
    for row in used {
      let bucket =
        Array(row.source(direction).utf8).withUnsafeBufferPointer { ByteRuns.hash($0) } & (size - 1)
      rows.append(
        Row(
          source: constants.add(row.source(direction)), target: constants.add(row.target(direction)),
          next: buckets[bucket]))
      buckets[bucket] = Int32(rows.count - 1)
    }
    pattern = table.pattern(direction).map { row in
      (Self.split(row.source(direction), &constants), Self.split(row.target(direction), &constants))
    }
    bytes = Table(constants.bytes)
    self.rows = Table(rows)
    self.buckets = Table(buckets)
  }

  deinit {
    bytes.deallocate()
    rows.deallocate()
    buckets.deallocate()
  }

  private static func split(_ pattern: String, _ constants: inout ConstantBuilder) -> (TableRange, TableRange)
  {
    let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return (constants.add(parts[0]), constants.add(parts.count > 1 ? parts[1] : ""))
  }

  func find(_ code: UnsafeBufferPointer<UInt8>) -> Result {
    var index = buckets[ByteRuns.hash(code) & (buckets.count - 1)]
    while index >= 0 {
      let row = rows[Int(index)]
      if ByteRuns.same(bytes.slice(row.source), code) {
        return row.target.count == 0 ? .absent : .found(bytes.slice(row.target))
      }
      index = row.next
    }
    return matchPattern(code)
  }

  private func matchPattern(_ code: UnsafeBufferPointer<UInt8>) -> Result {
    guard let pattern else { return .missing }
    let (before, after) = (bytes.slice(pattern.source.0), bytes.slice(pattern.source.1))
    guard code.count >= before.count + after.count, code.starts(with: before),
      code[(code.count - after.count)...].elementsEqual(after)
    else { return .missing }
    return .pattern(
      before: bytes.slice(pattern.target.0), before.count..<code.count - after.count,
      after: bytes.slice(pattern.target.1))
  }
}
