/// What a visit comes to.
public struct Pricing: Sendable, Equatable {
  /// The decision.
  public enum Outcome: Sendable, Equatable {
    /// A region is billed.
    case billed(BilledVisit)
    /// Nobody is, for a reason of the rules.
    case notBilled(code: String)
    /// A person must find out something first.
    case waiting(Question)
    /// The visit is not over.
    case notYet
  }

  /// What only a person can answer. The raw value is the code that records keep.
  public enum Question: String, CaseIterable, Sendable {
    /// Nobody says where the patient lives, or the county does not exist.
    case countyUnknown = "county-unknown"
    /// The municipality is missing, does not exist or lies in another county.
    case municipalityUnknown = "municipality-unknown"
    /// The population register only says where the patient has lived since after the visit.
    case residenceLater = "residence-later"
    /// `regions.csv` has no such region.
    case regionUnknown = "region-unknown"
    /// The patient has no personnummer or samordningsnummer, or its check digit is wrong.
    case patientNumber = "patient-number"
    /// Nobody says when it was, or not in Swedish time.
    case dayUnknown = "day-unknown"
    /// Nobody says where it was.
    case unitUnknown = "unit-unknown"
    /// Nobody says who held it, or no group has the profession.
    case professionUnknown = "profession-unknown"
    /// The form of the visit is neither billed nor excepted.
    case formUnknown = "form-unknown"
    /// No price holds on the day.
    case unpriced
    /// The patient paid a fee although none is owed.
    case feeDespiteExemption = "fee-despite-exemption"
    /// The fee is larger than the price.
    case feeExceedsPrice = "fee-exceeds-price"

    /// In words, for finance.
    public var text: String {
      switch self {
      case .countyUnknown: "nobody says in which county the patient lives"
      case .municipalityUnknown: "the municipality is missing, or not of this county"
      case .residenceLater: "the register only says where the patient has lived since after the visit"
      case .regionUnknown: "regions.csv has no such region"
      case .patientNumber: "the patient has no valid personnummer or samordningsnummer"
      case .dayUnknown: "nobody says on which Swedish day the visit was"
      case .unitUnknown: "nobody says at which unit the visit was"
      case .professionUnknown: "nobody says which profession held the visit"
      case .formUnknown: "visits of this form are neither billed nor excepted by the rules"
      case .unpriced: "no price list has a price for the visit on its day"
      case .feeDespiteExemption: "the patient paid a fee although the rules say that none is owed"
      case .feeExceedsPrice: "the patient's fee is larger than the price"
      }
    }
  }

  /// One step of the way to the decision.
  public struct Step: Sendable, Equatable {
    /// What was decided by: a rule's place, or what was compared.
    public let rule: String
    /// What came of it.
    public let result: String
  }

  /// The visit's id.
  public let visit: String
  /// The patient's number, as the facts have it; empty when nobody says.
  public let patient: String
  /// What kind of number it is.
  public let patientSystem: String
  /// The day of the visit; nil when nobody says.
  public let day: CalendarDay?
  /// When the visit was changed last, in milliseconds since 1970; 0 when nobody says.
  public let revision: Int64
  /// The month of the visit; empty when it is unknown.
  public let month: String
  /// The decision.
  public let outcome: Outcome
  /// How it came about, in order; empty unless it was asked for.
  public let steps: [Step]
}

/// A visit that a region is billed for, with everything that its line in the claim says.
public struct BilledVisit: Sendable, Equatable {
  /// The debtor region's county code.
  public let county: String
  /// The price, patient fee included.
  public let price: Price
  /// What the patient owes or paid and is taken from the price.
  public let fee: Money
  /// The price less the fee: what the region owes.
  public let net: Money
  /// The line as JSON, `billing/claim`'s `lines`.
  public let line: [UInt8]
}
