/// What a pattern is compiled to.
struct PatternProgram: Sendable {
  var instructions: [Instruction]
  var sets: [ScalarSet]
  /// The ASCII characters of each set, for speed.
  var asciiSets: [ASCIISet]
  /// Where to start.
  var entry: Int
}

/// A set of ASCII characters as bits.
struct ASCIISet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ contains: (UInt32) -> Bool) {
    for scalar in 0..<UInt32(64) {
      if contains(scalar) { low |= 1 << UInt64(scalar) }
      if contains(scalar + 64) { high |= 1 << UInt64(scalar) }
    }
  }

  /// Whether it has a character below 128.
  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    (scalar < 64 ? low : high) >> UInt64(scalar & 63) & 1 == 1
  }
}
