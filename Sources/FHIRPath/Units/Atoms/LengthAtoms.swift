// Customary lengths and areas, UCUM section 4.4.
extension UnitAtoms {
  /// International customary units.
  static let internationalLengths: [Ratio] = [
    ("[in_i]", false, "254e-2", "cm"),
    ("[ft_i]", false, "12", "[in_i]"),
    ("[yd_i]", false, "3", "[ft_i]"),
    ("[mi_i]", false, "5280", "[ft_i]"),
    ("[fth_i]", false, "6", "[ft_i]"),
    ("[nmi_i]", false, "1852", "m"),
    ("[kn_i]", false, "1", "[nmi_i]/h"),
    ("[sin_i]", false, "1", "[in_i]2"),
    ("[sft_i]", false, "1", "[ft_i]2"),
    ("[syd_i]", false, "1", "[yd_i]2"),
    ("[cin_i]", false, "1", "[in_i]3"),
    ("[cft_i]", false, "1", "[ft_i]3"),
    ("[cyd_i]", false, "1", "[yd_i]3"),
    ("[bf_i]", false, "144", "[in_i]3"),
    ("[cr_i]", false, "128", "[ft_i]3"),
    ("[mil_i]", false, "1e-3", "[in_i]"),
    ("[cml_i]", false, "1", "[pi]/4.[mil_i]2"),
    ("[hd_i]", false, "4", "[in_i]"),
  ]

  /// U.S. survey lengths.
  static let surveyLengths: [Ratio] = [
    ("[ft_us]", false, "1200", "m/3937"),
    ("[yd_us]", false, "3", "[ft_us]"),
    ("[in_us]", false, "1", "[ft_us]/12"),
    ("[rd_us]", false, "16.5", "[ft_us]"),
    ("[ch_us]", false, "4", "[rd_us]"),
    ("[lk_us]", false, "1", "[ch_us]/100"),
    ("[rch_us]", false, "100", "[ft_us]"),
    ("[rlk_us]", false, "1", "[rch_us]/100"),
    ("[fth_us]", false, "6", "[ft_us]"),
    ("[fur_us]", false, "40", "[rd_us]"),
    ("[mi_us]", false, "8", "[fur_us]"),
    ("[acr_us]", false, "160", "[rd_us]2"),
    ("[srd_us]", false, "1", "[rd_us]2"),
    ("[smi_us]", false, "1", "[mi_us]2"),
    ("[sct]", false, "1", "[mi_us]2"),
    ("[twp]", false, "36", "[sct]"),
    ("[mil_us]", false, "1e-3", "[in_us]"),
  ]

  /// British Imperial lengths.
  static let britishLengths: [Ratio] = [
    ("[in_br]", false, "2.539998", "cm"),
    ("[ft_br]", false, "12", "[in_br]"),
    ("[rd_br]", false, "16.5", "[ft_br]"),
    ("[ch_br]", false, "4", "[rd_br]"),
    ("[lk_br]", false, "1", "[ch_br]/100"),
    ("[fth_br]", false, "6", "[ft_br]"),
    ("[pc_br]", false, "2.5", "[ft_br]"),
    ("[yd_br]", false, "3", "[ft_br]"),
    ("[mi_br]", false, "5280", "[ft_br]"),
    ("[nmi_br]", false, "6080", "[ft_br]"),
    ("[kn_br]", false, "1", "[nmi_br]/h"),
    ("[acr_br]", false, "4840", "[yd_br]2"),
  ]

  /// Typesetter's lengths.
  static let typesetterLengths: [Ratio] = [
    ("[lne]", false, "1", "[in_i]/12"),
    ("[pnt]", false, "1", "[lne]/6"),
    ("[pca]", false, "12", "[pnt]"),
    ("[pnt_pr]", false, "0.013837", "[in_i]"),
    ("[pca_pr]", false, "12", "[pnt_pr]"),
    ("[pied]", false, "32.48", "cm"),
    ("[pouce]", false, "1", "[pied]/12"),
    ("[ligne]", false, "1", "[pouce]/12"),
    ("[didot]", false, "1", "[ligne]/6"),
    ("[cicero]", false, "12", "[didot]"),
  ]
}
