/// Where a patient lives, as far as it decides who pays.
struct Home {
  /// What the place means for the seller.
  enum Meaning {
    /// Nobody says it, or there is no such county.
    case unknown
    /// The seller's own county.
    case own
    /// Something is to be found out first.
    case question(Pricing.Question)
    /// Another region pays.
    case elsewhere
  }

  let county: String
  let meaning: Meaning

  init(county: String, municipality: String, _ rules: BillingRules) {
    self.county = county
    if !Counties.known.contains(county) {
      meaning = .unknown
    } else if county == rules.seller.region.county {
      meaning = .own
    } else if rules.regions[county] == nil {
      meaning = .question(.regionUnknown)
    } else if !municipality.hasPrefix(county) || !rules.municipalities.contains(municipality) {
      meaning = .question(.municipalityUnknown)
    } else {
      meaning = .elsewhere
    }
  }
}

/// Who says where a patient lives.
enum HomeSource: String {
  case register, event
  case nobody = "nobody knows"

  /// Where it says so.
  var county: Fact? {
    switch self {
    case .register: .registerCounty
    case .event: .county
    case .nobody: nil
    }
  }

  var municipality: Fact? {
    switch self {
    case .register: .registerMunicipality
    case .event: .municipality
    case .nobody: nil
    }
  }
}
