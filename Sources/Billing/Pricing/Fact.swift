/// What pricing itself reads of a visit, in the order in which the mapping writes it.
enum Fact: Int, CaseIterable {
  case visit, changedAt, form, kind, planned, begins, day
  case number, system, gender, county, municipality, listedAt
  case profession, occupation, unit, unitName, medicalField, fee, isFeePaid
  case registerCounty, registerMunicipality, registerSince

  /// Where it stands in the document `billing/visit`.
  var path: String {
    switch self {
    case .number, .system, .gender, .county, .municipality, .listedAt: "patient.\(self)"
    case .unit: "unit.id"
    case .unitName: "unit.name"
    case .registerCounty: "register.county"
    case .registerMunicipality: "register.municipality"
    case .registerSince: "register.since"
    default: "\(self)"
    }
  }
}
