// What a line costs, and the sum of all.
extension ClaimRules {
  mutating func checkProducts(_ care: ClaimTree.Element) {
    guard let categorization = care[.categorization] else { return }
    demand(ClaimCodes.productCategory, 24, of: categorization[.productCategory])
    demand(ClaimCodes.priceList, 25, of: categorization[.priceList])
    let products = categorization.all(.patientSpecificCare)
    demand(
      !products.isEmpty || categorization[.drgCost] != nil, 44, "a DRG or a product is told",
      at: categorization)
    if let drg = categorization[.drgCost] {
      demand(drg[.drgCode] != nil && drg[.drgPrice] != nil, 45, "a DRG has a code and a price", at: drg)
    }
    for product in products { checkProduct(product) }
  }

  private mutating func checkProduct(_ product: ClaimTree.Element) {
    let needed: [ClaimName] = [
      .patientSpecificCareCode, .patientSpecificCareCodeName, .numberOfPatientSpecificCare,
      .patientSpecificCarePrice,
    ]
    demand(
      needed.allSatisfy { product[$0] != nil }, 47, "a product has a code, a name, a number and a price",
      at: product)
    guard let total = product.at(.patientSpecificCareTotalAmount, .amount) else { return }
    let number = product[.numberOfPatientSpecificCare].flatMap { Int64($0.text) } ?? 0
    let price = Self.money(product.at(.patientSpecificCarePrice, .amount))
    demand(
      Self.money(total) == price.map { $0 * number }, 26, "the total is not the number times the price",
      at: total)
  }

  mutating func checkAmounts(_ care: ClaimTree.Element) {
    guard let amounts = care[.invoicedAmountDetails] else { return }
    demand(ClaimCodes.feeReduction, 29, of: amounts[.patientFeeReducedCategory])
    let categorization = care[.categorization]
    let drg = categorization?[.drgCost]
    var parts = [ClaimName.drgPrice, .extendedAllowanceCareTime, .extendedAllowanceCost].map { drg?[$0] }
    parts += categorization?.all(.patientSpecificCare).map { $0[.patientSpecificCareTotalAmount] } ?? []
    if let gross = amounts.at(.patientCareInvoiceGrossAmount, .amount) {
      let sum = Self.sum(parts) - Self.sum([amounts[.outPatientCareFeePaid]])
      demand(
        Self.money(gross) == sum, 27, "the gross amount is not the prices less the fee that was paid",
        at: gross)
    }
    guard let net = amounts.at(.patientCareInvoiceNetAmount, .amount) else { return }
    let expected =
      Self.sum([amounts[.patientCareInvoiceGrossAmount], amounts[.patientCareCharge]])
      - Self.sum([amounts[.patientCareAllowance], amounts[.patientCareDiscount]])
    demand(
      Self.money(net) == expected, 28, "the net amount is not gross and charge less allowance and discount",
      at: net)
  }

  /// Within a krona, as the contract has it.
  mutating func checkTotal(_ claim: ClaimTree.Element) {
    guard let payable = claim.at(.payableAmount, .amount) else { return }
    let nets = claim.all(.healthCareServicesSpecificationLine).flatMap { $0.all(.healthcarePerformed) }
      .map { $0.at(.invoicedAmountDetails, .patientCareInvoiceNetAmount) }
    let difference = Self.money(payable).map { abs($0.öre - Self.sum(nets).öre) } ?? .max
    demand(difference <= 100, 5, "the payable amount is not the sum of the lines", at: payable)
  }

  /// Nil for what is no amount with two decimals, which no rule can hold for.
  private static func money(_ amount: ClaimTree.Element?) -> Money? { amount.flatMap { Money($0.text) } }

  private static func sum(_ amounts: [ClaimTree.Element?]) -> Money {
    amounts.compactMap { money($0?[.amount]) }.reduce(.zero, +)
  }
}
