// Customary weights, UCUM section 4.4, and the units of force that come of them.
extension UnitAtoms {
  /// Avoirdupois weights.
  static let avoirdupoisWeights: [Ratio] = [
    ("[gr]", false, "64.79891", "mg"),
    ("[lb_av]", false, "7000", "[gr]"),
    ("[oz_av]", false, "1", "[lb_av]/16"),
    ("[dr_av]", false, "1", "[oz_av]/16"),
    ("[scwt_av]", false, "100", "[lb_av]"),
    ("[lcwt_av]", false, "112", "[lb_av]"),
    ("[ston_av]", false, "20", "[scwt_av]"),
    ("[lton_av]", false, "20", "[lcwt_av]"),
    ("[stone_av]", false, "14", "[lb_av]"),
    ("[lbf_av]", false, "1", "[lb_av].[g]"),
    ("[HP]", false, "550", "[ft_i].[lbf_av]/s"),
    ("[psi]", false, "1", "[lbf_av]/[in_i]2"),
  ]

  /// Troy weights.
  static let troyWeights: [Ratio] = [
    ("[pwt_tr]", false, "24", "[gr]"),
    ("[oz_tr]", false, "20", "[pwt_tr]"),
    ("[lb_tr]", false, "12", "[oz_tr]"),
  ]

  /// Apothecaries' weights.
  static let apothecaryWeights: [Ratio] = [
    ("[sc_ap]", false, "20", "[gr]"),
    ("[dr_ap]", false, "3", "[sc_ap]"),
    ("[oz_ap]", false, "8", "[dr_ap]"),
    ("[lb_ap]", false, "12", "[oz_ap]"),
    ("[oz_m]", false, "28", "g"),
  ]
}
