// Customary volumes, UCUM section 4.4.
extension UnitAtoms {
  /// U.S. volumes, and the metric cups and spoons.
  static let americanVolumes: [Ratio] = [
    ("[gal_us]", false, "231", "[in_i]3"),
    ("[bbl_us]", false, "42", "[gal_us]"),
    ("[qt_us]", false, "1", "[gal_us]/4"),
    ("[pt_us]", false, "1", "[qt_us]/2"),
    ("[gil_us]", false, "1", "[pt_us]/4"),
    ("[foz_us]", false, "1", "[gil_us]/4"),
    ("[fdr_us]", false, "1", "[foz_us]/8"),
    ("[min_us]", false, "1", "[fdr_us]/60"),
    ("[crd_us]", false, "128", "[ft_i]3"),
    ("[bu_us]", false, "2150.42", "[in_i]3"),
    ("[gal_wi]", false, "1", "[bu_us]/8"),
    ("[pk_us]", false, "1", "[bu_us]/4"),
    ("[dqt_us]", false, "1", "[pk_us]/8"),
    ("[dpt_us]", false, "1", "[dqt_us]/2"),
    ("[tbs_us]", false, "1", "[foz_us]/2"),
    ("[tsp_us]", false, "1", "[tbs_us]/3"),
    ("[cup_us]", false, "16", "[tbs_us]"),
    ("[foz_m]", false, "30", "mL"),
    ("[cup_m]", false, "240", "mL"),
    ("[tsp_m]", false, "5", "mL"),
    ("[tbs_m]", false, "15", "mL"),
  ]

  /// British Imperial volumes.
  static let britishVolumes: [Ratio] = [
    ("[gal_br]", false, "4.54609", "l"),
    ("[pk_br]", false, "2", "[gal_br]"),
    ("[bu_br]", false, "4", "[pk_br]"),
    ("[qt_br]", false, "1", "[gal_br]/4"),
    ("[pt_br]", false, "1", "[qt_br]/2"),
    ("[gil_br]", false, "1", "[pt_br]/4"),
    ("[foz_br]", false, "1", "[gil_br]/5"),
    ("[fdr_br]", false, "1", "[foz_br]/8"),
    ("[min_br]", false, "1", "[fdr_br]/60"),
  ]
}
