// Natural constants and the centimetre-gram-second system, UCUM section 4.3.
extension UnitAtoms {
  /// Natural units.
  static let constants: [Ratio] = [
    ("[c]", true, "299792458", "m/s"),
    ("[h]", true, "6.62607015e-34", "J.s"),
    ("[k]", true, "1.380649e-23", "J/K"),
    ("[eps_0]", true, "8.854187817e-12", "F/m"),
    ("[e]", true, "1.602176634e-19", "C"),
    ("[m_e]", true, "9.1093837139e-31", "kg"),
    ("[m_p]", true, "1.67262192595e-27", "kg"),
    ("[G]", true, "6.67430e-11", "m3.kg-1.s-2"),
    ("[g]", true, "980665e-5", "m/s2"),
    ("atm", false, "101325", "Pa"),
    ("[ly]", true, "1", "[c].a_j"),
    ("gf", true, "1", "g.[g]"),
    ("eV", true, "1", "[e].V"),
    ("[mu_0]", true, "1", "4.[pi].10*-7.N/A2"),
  ]

  /// CGS units.
  static let cgs: [Ratio] = [
    ("Ky", true, "1", "cm-1"),
    ("Gal", true, "1", "cm/s2"),
    ("dyn", true, "1", "g.cm/s2"),
    ("erg", true, "1", "dyn.cm"),
    ("P", true, "1", "dyn.s/cm2"),
    ("Bi", true, "10", "A"),
    ("St", true, "1", "cm2/s"),
    ("Mx", true, "1e-8", "Wb"),
    ("G", true, "1e-4", "T"),
    ("Oe", true, "250", "/[pi].A/m"),
    ("Gb", true, "1", "Oe.cm"),
    ("sb", true, "1", "cd/cm2"),
    ("Lmb", true, "1", "cd/cm2/[pi]"),
    ("ph", true, "1e-4", "lx"),
    ("Ci", true, "37e9", "Bq"),
    ("R", true, "2.58e-4", "C/kg"),
    ("RAD", true, "100", "erg/g"),
    ("REM", true, "1", "RAD"),
  ]
}
