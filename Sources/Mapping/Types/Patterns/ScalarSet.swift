/// A set of Unicode scalars, as ranges in ascending order.
struct ScalarSet: Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  static let digits = ScalarSet([0x30...0x39])
  static let spaces = ScalarSet([0x09...0x0A, 0x0D...0x0D, 0x20...0x20])
  /// `.`: everything but line breaks.
  static let anyButBreaks = ScalarSet([0x0A...0x0A, 0x0D...0x0D]).complement

  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  var complement: ScalarSet {
    var next: UInt32 = 0
    var gaps: [ClosedRange<UInt32>] = []
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10_FFFF { gaps.append(next...0x10_FFFF) }
    return ScalarSet(gaps)
  }
}
