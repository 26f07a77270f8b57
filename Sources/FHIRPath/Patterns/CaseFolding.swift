/// Which scalars are the same letter but for case, by Unicode's simple case folding.
enum CaseFolding {
  /// Ranges together with all that folds to the same as something in them.
  static func closure(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    let set = ScalarSet(ranges)
    let size = set.ranges.reduce(0) { $0 + $1.count }
    let cased =
      size < partners.count
      ? set.ranges.joined().compactMap { partners[$0] }
      : partners.filter { set.contains($0.key) }.map(\.value)
    return ranges + cased.joined().map { $0...$0 }
  }

  /// For each scalar with other forms, all its forms.
  private static let partners: [UInt32: [UInt32]] = {
    let cased = mayHaveCase.compactMap(Unicode.Scalar.init).filter(\.properties.changesWhenCaseMapped)
    let classes = Dictionary(grouping: cased.map(\.value)) { Unicode.Scalar($0).map(fold) ?? $0 }
    return classes.values.reduce(into: [:]) { partners, forms in
      for form in forms { partners[form] = forms }
    }
  }()

  /// The two planes that have letters with case.
  private static let mayHaveCase: Range<UInt32> = 0..<0x20000

  /// Lower case of upper case comes to the classes of CaseFolding.txt (C and S), but for the dotless i, which
  /// only Turkish folds. Mappings to several scalars are no simple ones.
  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    if scalar == "ı" { return scalar.value }
    let upper = only(scalar.properties.uppercaseMapping) ?? scalar
    return (only(upper.properties.lowercaseMapping) ?? upper).value
  }

  private static func only(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }
}
