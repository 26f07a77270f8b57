import Foundation

/// Who owes whom, and how it is paid: stored with a batch, so that its exports stay the same whatever the rules
/// become.
struct BatchTerms: Codable, Sendable, Equatable {
  let seller: BillingRules.Seller
  let buyer: Region
  let vatExemption: String
  let paymentDays: Int
  let receivable, income, series: String

  init(_ rules: BillingRules, buyer: Region) {
    seller = rules.seller
    self.buyer = buyer
    vatExemption = rules.vatExemption
    paymentDays = rules.paymentDays
    receivable = rules.receivable
    income = rules.income
    series = rules.series
  }

  /// Nil for bytes that are none; the store's own always are.
  init?(_ bytes: [UInt8]) {
    guard let terms = try? JSONDecoder().decode(BatchTerms.self, from: Data(bytes)) else { return nil }
    self = terms
  }

  /// As JSON, always the same for the same terms.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(self))
  }
}
