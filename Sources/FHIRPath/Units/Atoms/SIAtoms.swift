// The units of the SI and those used with it, UCUM section 4.3.
extension UnitAtoms {
  /// Numbers. Pi has twenty digits, more than a `Double`, and few enough to reckon exactly with.
  static let dimensionless: [Ratio] = [
    ("10*", false, "10", "1"),
    ("10^", false, "10", "1"),
    ("[pi]", false, "3.1415926535897932385", "1"),
    ("%", false, "1", "10*-2"),
    ("[ppth]", false, "1", "10*-3"),
    ("[ppm]", false, "1", "10*-6"),
    ("[ppb]", false, "1", "10*-9"),
    ("[pptr]", false, "1", "10*-12"),
  ]

  /// Derived units of the SI.
  static let si: [Ratio] = [
    ("mol", true, "6.02214076", "10*23"),
    ("sr", true, "1", "rad2"),
    ("Hz", true, "1", "s-1"),
    ("N", true, "1", "kg.m/s2"),
    ("Pa", true, "1", "N/m2"),
    ("J", true, "1", "N.m"),
    ("W", true, "1", "J/s"),
    ("A", true, "1", "C/s"),
    ("V", true, "1", "J/C"),
    ("F", true, "1", "C/V"),
    ("Ohm", true, "1", "V/A"),
    ("S", true, "1", "Ohm-1"),
    ("Wb", true, "1", "V.s"),
    ("T", true, "1", "Wb/m2"),
    ("H", true, "1", "Wb/A"),
    ("lm", true, "1", "cd.sr"),
    ("lx", true, "1", "lm/m2"),
    ("Bq", true, "1", "s-1"),
    ("Gy", true, "1", "J/kg"),
    ("Sv", true, "1", "J/kg"),
  ]

  /// Units of ISO 1000 outside the SI.
  static let besideSI: [Ratio] = [
    ("deg", false, "2", "[pi].rad/360"),
    ("gon", false, "0.9", "deg"),
    ("'", false, "1", "deg/60"),
    ("''", false, "1", "'/60"),
    ("l", true, "1", "dm3"),
    ("L", true, "1", "l"),
    ("ar", true, "100", "m2"),
    ("min", false, "60", "s"),
    ("h", false, "60", "min"),
    ("d", false, "24", "h"),
    ("a_t", false, "365.24219", "d"),
    ("a_j", false, "365.25", "d"),
    ("a_g", false, "365.2425", "d"),
    ("a", false, "1", "a_j"),
    ("wk", false, "7", "d"),
    ("mo_s", false, "29.53059", "d"),
    ("mo_j", false, "1", "a_j/12"),
    ("mo_g", false, "1", "a_g/12"),
    ("mo", false, "1", "mo_j"),
    ("t", true, "1e3", "kg"),
    ("bar", true, "1e5", "Pa"),
    ("u", true, "1.66053906660e-24", "g"),
    ("AU", false, "149597.870691", "Mm"),
    ("pc", true, "3.085678e16", "m"),
  ]
}
