// Special units, UCUM section 3.1: their numbers don't stand for multiples.
extension UnitAtoms {
  /// Scales with a zero of their own: the step as a multiple of a unit, and how many steps lie below zero.
  static let interval: [(code: String, isMetric: Bool, value: String, unit: String, zero: String)] = [
    ("Cel", true, "1", "K", "273.15"),
    ("[degF]", false, "5", "K/9", "459.67"),
    ("[degRe]", false, "5", "K/4", "218.52"),
  ]

  /// Scales behind logarithms, roots and tangents, comparable only with themselves.
  static let function: [(code: String, isMetric: Bool)] = [
    ("[p'diop]", false),
    ("%[slope]", false),
    ("[hp'_X]", false),
    ("[hp'_C]", false),
    ("[hp'_M]", false),
    ("[hp'_Q]", false),
    ("[pH]", false),
    ("[m/s2/Hz^(1/2)]", false),
    ("bit_s", false),
    ("Np", true),
    ("B", true),
    ("B[SPL]", true),
    ("B[V]", true),
    ("B[mV]", true),
    ("B[uV]", true),
    ("B[10.nV]", true),
    ("B[W]", true),
    ("B[kW]", true),
  ]
}
