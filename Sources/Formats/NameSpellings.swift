import Documents

/// The names of a table as a writer spells them, made once so that writing a name is copying bytes.
final class NameSpellings: Sendable {
  private let bytes: Table<UInt8>
  private let ranges: Table<TableRange>

  /// - Parameter spell: gives the bytes that stand for a name.
  init(_ names: NameTable, spell: (NameID) -> [UInt8]) {
    var bytes: [UInt8] = []
    var ranges: [TableRange] = []
    for id in 0..<names.count {
      let spelling = spell(NameID(id))
      ranges.append(TableRange(start: Int32(bytes.count), count: Int32(spelling.count)))
      bytes += spelling
    }
    self.bytes = Table(bytes)
    self.ranges = Table(ranges)
  }

  deinit {
    bytes.deallocate()
    ranges.deallocate()
  }

  @inline(__always)
  func write(_ name: NameID, to out: inout Arena<UInt8>) {
    out.append(bytes.slice(ranges[Int(name)]))
  }
}
