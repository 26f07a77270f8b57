/// A set of Unicode's general categories (UAX #44, table 12).
struct Categories: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// In the order of their bits.
  private static let names = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
    "Po",
    "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  static let all = Categories(rawValue: 1 << UInt32(names.count) - 1)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A category `Lu`, a group of categories `L`, or PCRE's `L&` and `Any`.
  init?(named name: String) {
    switch name {
    case "Any": self = .all
    case "L&", "LC": self = [Self(bit: 0), Self(bit: 1), Self(bit: 2)]
    default:
      let bits = Self.names.indices.filter { Self.names[$0] == name || Self.names[$0].prefix(1) == name }
      guard !bits.isEmpty else { return nil }
      self = bits.reduce(into: []) { $0.insert(Self(bit: UInt32($1))) }
    }
  }

  private init(bit: UInt32) { rawValue = 1 << bit }

  /// The one category of a scalar.
  init(of scalar: Unicode.Scalar) {
    let bit: UInt32 =
      switch scalar.properties.generalCategory {
      case .uppercaseLetter: 0
      case .lowercaseLetter: 1
      case .titlecaseLetter: 2
      case .modifierLetter: 3
      case .otherLetter: 4
      case .nonspacingMark: 5
      case .spacingMark: 6
      case .enclosingMark: 7
      case .decimalNumber: 8
      case .letterNumber: 9
      case .otherNumber: 10
      case .connectorPunctuation: 11
      case .dashPunctuation: 12
      case .openPunctuation: 13
      case .closePunctuation: 14
      case .initialPunctuation: 15
      case .finalPunctuation: 16
      case .otherPunctuation: 17
      case .mathSymbol: 18
      case .currencySymbol: 19
      case .modifierSymbol: 20
      case .otherSymbol: 21
      case .spaceSeparator: 22
      case .lineSeparator: 23
      case .paragraphSeparator: 24
      case .control: 25
      case .format: 26
      case .surrogate: 27
      case .privateUse: 28
      case .unassigned: 29
      @unknown default: 29
      }
    self.init(bit: bit)
  }
}
