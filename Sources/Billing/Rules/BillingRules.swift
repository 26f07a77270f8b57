import Cryptography
public import Diagnostics
import Documents
public import FHIRPath
public import Mapping
import YAML

/// All that decides what is billed, read from files and checked. Never changed once read.
public struct BillingRules: Sendable {
  /// Who is paid.
  public struct Seller: Sendable, Equatable, Codable {
    /// Its row among the regions.
    public let region: Region
    /// Its VAT number.
    public let vat: String
    /// Its bankgiro number, digits only.
    public let bankgiro: String
    /// Who answers questions; empty where nobody is named.
    public let contact, telephone, email: String
  }

  /// What all lines of claims say.
  public struct Claim: Sendable, Equatable {
    /// As the claim's fields are called; empty ones are left out.
    public let agreement, typeOfAgreement, typeOfReimbursement, priceList, medicalField, careLevel: String
    /// Whether care is run by the region itself.
    public let isPublicCare: Bool
    /// Whether the fees that patients pay count towards a free card where the seller is; `nil` where nothing is said.
    public let feesCount: Bool?
  }

  /// The targets of `sluss.yaml` that take claims and invoices; nothing is sent where there is none.
  public struct Sending: Sendable, Equatable {
    let claim, invoice: String?

    /// Whether anything is sent.
    public var isOn: Bool { claim != nil || invoice != nil }

    /// The target of a batch's claim.
    public func claim(to county: String) -> String? { Self.target(claim, county) }

    /// The target of a batch's invoice.
    public func invoice(to county: String) -> String? { Self.target(invoice, county) }

    private static func target(_ name: String?, _ county: String) -> String? {
      name?.replacing("{county}", with: county)
    }
  }

  /// What is taken from the price.
  public enum FeeDeduction: String, Sendable { case owed, paid, none }

  /// SHA-256 over all files, in hexadecimal: what each record says decided.
  public let version: String
  /// Who is paid.
  public let seller: Seller
  /// The regions by county code.
  public let regions: [String: Region]
  /// The municipality codes of Sweden.
  public let municipalities: Set<String>
  /// What all lines say.
  public let claim: Claim
  /// The prices.
  public let prices: PriceList
  /// The price group of each profession code.
  public let groups: [String: String]
  /// The forms of visits that are billed.
  public let forms: Set<String>
  /// The profession code of each code of KV Befattning.
  public let occupations: [String: String]
  /// Why visits are not billed.
  public let notBilled: [Condition]
  /// Why patients pay no fee.
  public let fees: [Condition]
  /// What is taken from the price.
  public let deduction: FeeDeduction
  /// Whether the register, else the event, is asked for the county; and in which order.
  public let countySources: [String]
  /// The mappings whose messages are the population register's answers.
  public let registerMessages: Set<String>
  /// The mappings whose messages are answers of the register of free cards.
  public let freeCardMessages: Set<String>
  /// Where claims and invoices are sent.
  public let sending: Sending
  /// What the answer to a claim over RIV-TA must say.
  public let claimAnswer: AnswerRule?
  /// What of that answer is kept with the batch.
  public let claimComment: Formula?
  /// Why care bears no VAT.
  public let vatExemption: String
  /// How many days the debtor has.
  public let paymentDays: Int
  /// How many months after the visit it may be billed.
  public let lateMonths: Int
  /// The ledger's accounts.
  public let receivable, income, series: String
  /// What finance's tables hold.
  public let columns: [ExportColumn]
  /// Warnings; there are no errors.
  public let warnings: [Diagnostic]
  let complete: VisitFormula

  /// Reads and checks the files of `billing`.
  /// - Parameter files: each by its path within that folder: `rules.yaml`, `regions.csv`, `prices/….csv`.
  /// - Parameter formulas: for conditions about the shape billing/visit.
  /// - Throws: all that is wrong with them.
  public init(_ files: [String: ConfigurationFile], _ formulas: FormulaReader) throws(DiagnosticError) {
    var reader = BillingRulesReader(files, formulas)
    self = try reader.read()
  }

  init(_ parts: BillingRulesReader.Parts, _ reader: BillingRulesReader) {
    version = reader.version
    seller = parts.seller
    regions = parts.regions
    municipalities = parts.municipalities
    claim = parts.claim
    prices = parts.prices
    groups = parts.groups
    forms = parts.forms
    occupations = parts.occupations
    notBilled = parts.notBilled
    fees = parts.fees
    deduction = parts.deduction
    countySources = parts.countySources
    registerMessages = Set(parts.registerMessages)
    freeCardMessages = Set(parts.freeCardMessages)
    sending = parts.sending
    claimAnswer = parts.claimAnswer
    claimComment = parts.claimComment
    vatExemption = parts.vatExemption
    paymentDays = parts.paymentDays
    lateMonths = parts.lateMonths
    receivable = parts.receivable
    income = parts.income
    series = parts.series
    columns = parts.columns
    warnings = reader.diagnostics
    complete = parts.complete
  }
}
