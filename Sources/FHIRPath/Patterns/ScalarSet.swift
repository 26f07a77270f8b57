/// A set of Unicode scalars: ranges and general categories, or all but these.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []
  private(set) var categories: Categories = []
  var isNegated = false

  init() {}

  init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
    self.isNegated = isNegated
    insert(ranges)
  }

  init(_ categories: Categories) { self.categories = categories }

  mutating func insert(_ more: [ClosedRange<UInt32>]) {
    ranges = (ranges + more).sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
      guard let last = merged.last, range.lowerBound <= last.upperBound + 1 else {
        return merged.append(range)
      }
      merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    }
  }

  /// Takes another set in; a negated one gives what it leaves.
  mutating func insert(_ other: ScalarSet) {
    if other.isNegated {
      insert(other.gaps)
    } else {
      insert(other.ranges)
      categories.formUnion(other.categories)
    }
  }

  func contains(_ scalar: UInt32) -> Bool {
    (isInRanges(scalar) || isInCategories(scalar)) != isNegated
  }

  /// What lies between the ranges.
  private var gaps: [ClosedRange<UInt32>] {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { gaps.append(next...Self.last) }
    return gaps
  }

  private func isInRanges(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  private func isInCategories(_ scalar: UInt32) -> Bool {
    guard !categories.isEmpty, let scalar = Unicode.Scalar(scalar) else { return false }
    return categories.contains(Categories(of: scalar))
  }

  /// The last code point of Unicode.
  static let last: UInt32 = 0x10FFFF
}
