// Sets that patterns call by a letter or a name. As PCRE without its option UCP, they hold ASCII only: use
// `\p{L}` for letters of every script.
extension ScalarSet {
  static let digits = ScalarSet(ranges("09"))
  static let wordCharacters = ScalarSet(ranges("az", "AZ", "09", "__"))
  static let space = ScalarSet([0x09...0x0D, 0x20...0x20])
  static let horizontalSpace = ScalarSet([
    0x09...0x09, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x180E...0x180E, 0x2000...0x200A, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000,
  ])
  static let verticalSpace = ScalarSet([0x0A...0x0D, 0x85...0x85, 0x2028...0x2029])
  static let newline = ScalarSet([0x0A...0x0A])

  var inverted: ScalarSet {
    var inverted = self
    inverted.isNegated.toggle()
    return inverted
  }

  /// The set of an escape such as `\d`; a capital letter means all others.
  static func named(byEscape letter: Unicode.Scalar) -> ScalarSet? {
    switch letter {
    case "d": digits
    case "D": digits.inverted
    case "w": wordCharacters
    case "W": wordCharacters.inverted
    case "s": space
    case "S": space.inverted
    case "h": horizontalSpace
    case "H": horizontalSpace.inverted
    case "v": verticalSpace
    case "V": verticalSpace.inverted
    default: nil
    }
  }

  /// The set of a name as in `[:alpha:]`.
  static func named(byPOSIX name: String) -> ScalarSet? {
    switch name {
    case "alnum": ScalarSet(ranges("az", "AZ", "09"))
    case "alpha": ScalarSet(ranges("az", "AZ"))
    case "ascii": ScalarSet([0...0x7F])
    case "blank": ScalarSet([0x09...0x09, 0x20...0x20])
    case "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F])
    case "digit": digits
    case "graph": ScalarSet([0x21...0x7E])
    case "lower": ScalarSet(ranges("az"))
    case "print": ScalarSet([0x20...0x7E])
    case "punct": ScalarSet(ranges("!/", ":@", "[`", "{~"))
    case "space": space
    case "upper": ScalarSet(ranges("AZ"))
    case "word": wordCharacters
    case "xdigit": ScalarSet(ranges("af", "AF", "09"))
    default: nil
    }
  }

  /// Ranges from texts of their first and their last character.
  private static func ranges(_ ends: StaticString...) -> [ClosedRange<UInt32>] {
    ends.map { UInt32($0.utf8Start[0])...UInt32($0.utf8Start[1]) }
  }
}
