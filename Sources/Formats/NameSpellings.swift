import Documents

/// The names of a table as a writer spells them, made once so that writing a name is copying bytes.
struct NameSpellings: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int32]

  /// - Parameter spell: gives the bytes that stand for a name.
  init(_ names: NameTable, spell: (NameID) -> [UInt8]) {
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    for id in 0..<names.count {
      bytes += spell(NameID(id))
      starts.append(Int32(bytes.count))
    }
    self.bytes = bytes
    self.starts = starts
  }

  @inline(__always)
  func write(_ name: NameID, to out: inout Arena<UInt8>) {
    let range = Int(starts[Int(name)])..<Int(starts[Int(name) + 1])
    bytes.withUnsafeBufferPointer { out.append(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
