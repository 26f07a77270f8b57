/// The tables of UCUM 2.2: what each unit atom is made of.
///
/// UCUM is copyright Regenstrief Institute, Inc., used under its licence, which disclaims warranties
/// (https://ucum.org/license).
enum UnitAtoms {
  /// A unit as a multiple of another, which stands before it.
  typealias Ratio = (code: String, isMetric: Bool, value: String, unit: String)

  /// Section 4.2; all are metric.
  static let base = ["m", "s", "g", "rad", "K", "C", "cd"]

  static let ratio =
    dimensionless + si + besideSI + constants + cgs + internationalLengths + surveyLengths
    + britishLengths + typesetterLengths + americanVolumes + britishVolumes + avoirdupoisWeights
    + troyWeights + apothecaryWeights + heat + clinical + chemical + miscellaneous + information
}
