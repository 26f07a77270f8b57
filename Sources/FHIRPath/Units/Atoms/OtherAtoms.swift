// What is left, UCUM section 4.5.
extension UnitAtoms {
  /// Miscellaneous units.
  static let miscellaneous: [Ratio] = [
    ("st", true, "1", "m3"),
    ("Ao", false, "0.1", "nm"),
    ("b", false, "100", "fm2"),
    ("att", false, "1", "kgf/cm2"),
    ("mho", true, "1", "S"),
    ("circ", false, "2", "[pi].rad"),
    ("sph", false, "4", "[pi].sr"),
    ("[car_m]", false, "2e-1", "g"),
    ("[car_Au]", false, "1", "/24"),
    ("[smoot]", false, "67", "[in_i]"),
    ("[NTU]", false, "1", "1"),
    ("[FNU]", false, "1", "1"),
  ]

  /// Information technology.
  static let information: [Ratio] = [
    ("bit", true, "1", "1"),
    ("By", true, "8", "bit"),
    ("Bd", true, "1", "/s"),
  ]
}
