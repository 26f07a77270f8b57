// Units of medicine and chemistry, UCUM section 4.5.
extension UnitAtoms {
  /// Temperature, heat and thread.
  static let heat: [Ratio] = [
    ("[degR]", false, "5", "K/9"),
    ("cal_[15]", true, "4.18580", "J"),
    ("cal_[20]", true, "4.18190", "J"),
    ("cal_m", true, "4.19002", "J"),
    ("cal_IT", true, "4.1868", "J"),
    ("cal_th", true, "4.184", "J"),
    ("cal", true, "1", "cal_th"),
    ("[Cal]", false, "1", "kcal_th"),
    ("[Btu_39]", false, "1.05967", "kJ"),
    ("[Btu_59]", false, "1.05480", "kJ"),
    ("[Btu_60]", false, "1.05468", "kJ"),
    ("[Btu_m]", false, "1.05587", "kJ"),
    ("[Btu_IT]", false, "1.05505585262", "kJ"),
    ("[Btu_th]", false, "1.054350", "kJ"),
    ("[Btu]", false, "1", "[Btu_th]"),
    ("tex", true, "1", "g/km"),
    ("[den]", false, "1", "g/9/km"),
  ]

  /// Clinical medicine.
  static let clinical: [Ratio] = [
    ("m[H2O]", true, "980665e-5", "kPa"),
    ("m[Hg]", true, "133.3220", "kPa"),
    ("[in_i'H2O]", false, "1", "m[H2O].[in_i]/m"),
    ("[in_i'Hg]", false, "1", "m[Hg].[in_i]/m"),
    ("[PRU]", false, "1", "mm[Hg].s/ml"),
    ("[wood'U]", false, "1", "mm[Hg].min/L"),
    ("[diop]", false, "1", "/m"),
    ("[mesh_i]", false, "1", "/[in_i]"),
    ("[Ch]", false, "1", "mm/3"),
    ("[drp]", false, "1", "ml/20"),
    ("[hnsf'U]", false, "1", "1"),
    ("[MET]", false, "3.5", "mL/min/kg"),
  ]

  /// Chemistry and biochemistry.
  static let chemical: [Ratio] = [
    ("eq", true, "1", "mol"),
    ("osm", true, "1", "mol"),
    ("g%", true, "1", "g/dl"),
    ("[S]", false, "1", "10*-13.s"),
    ("[HPF]", false, "1", "1"),
    ("[LPF]", false, "100", "1"),
    ("kat", true, "1", "mol/s"),
    ("U", true, "1", "umol/min"),
    ("[IU]", true, "1", "[iU]"),
  ]
}
