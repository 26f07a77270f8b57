/// The bytes at which a match can begin, after the text's start.
struct PatternStarts: Sendable {
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Whether there are none, as in a pattern that begins with `^`.
  private(set) var isEmpty = true
  /// Whether a match may be empty and thus begin anywhere.
  private(set) var isEverywhere = false

  init(_ program: PatternProgram) {
    var seen = Array(repeating: false, count: program.instructions.count)
    var open = [program.entry]
    while let state = open.popLast() {
      guard !seen[state] else { continue }
      seen[state] = true
      switch program.instructions[state] {
      case .scalar(let scalar, _): insert(firstByteOf: scalar)
      case .set(let set, _): insert(firstBytesOf: program.asciiSets[set])
      case .any: insertAll()
      case .assertion(.textStart, _): break
      case .assertion(_, let next), .save(_, let next): open.append(next)
      case .choice(let first, let second): open += [first, second]
      case .match: isEverywhere = true
      }
    }
    isEmpty = !isEverywhere && bits == (0, 0, 0, 0)
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: bits.0
      case 1: bits.1
      case 2: bits.2
      default: bits.3
      }
    return word >> UInt64(byte & 63) & 1 == 1
  }

  private mutating func insert(firstByteOf scalar: UInt32) {
    if scalar < 0x80 { insert(UInt8(scalar)) } else { insertNonASCII() }
  }

  private mutating func insert(firstBytesOf set: ASCIISet) {
    for byte in UInt8(0)..<0x80 where set.contains(UInt32(byte)) { insert(byte) }
    insertNonASCII()
  }

  private mutating func insertAll() {
    for byte in UInt8(0)..<0x80 { insert(byte) }
    insertNonASCII()
  }

  /// Bytes that begin a longer character; those within one are never a start.
  private mutating func insertNonASCII() { bits.3 = .max }

  private mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    if byte < 64 { bits.0 |= bit } else { bits.1 |= bit }
  }
}
