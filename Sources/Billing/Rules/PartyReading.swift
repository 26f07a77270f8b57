import Diagnostics
import Documents
import FHIRPath
import Mapping
import YAML

// Who is paid, what all lines of claims say, and where claims and invoices are sent.
extension BillingRulesReader {
  mutating func seller(_ node: YAMLNode?, _ regions: [String: Region]) -> BillingRules.Seller? {
    guard let node, let keys = block(node, BillingKeys.seller), let county = keys["county"] else {
      return nil
    }
    guard let region = regions[county.text ?? ""] else {
      // A region that can't be used is told already.
      if diagnostics.contains(where: { $0.place.file == files["regions.csv"]?.path }) { return nil }
      diagnostics.append(Diagnostic(.billingRow(reason: "regions.csv has no such county"), at: county.place))
      return nil
    }
    check(keys["vat"], "expected SE, the organisation number and 01") { $0 == "SE\(region.organisation)01" }
    check(keys["bankgiro"], "expected seven or eight digits, the last of which checks the others (Luhn)") {
      let digits = $0.filter { $0 != "-" }
      return (7...8).contains(digits.utf8.count) && NumberChecks.isLuhn(digits)
    }
    return BillingRules.Seller(
      region: region, vat: keys["vat"]?.text ?? "",
      bankgiro: String((keys["bankgiro"]?.text ?? "").filter { $0 != "-" }),
      contact: keys["contact"]?.text ?? "", telephone: keys["telephone"]?.text ?? "",
      email: keys["email"]?.text ?? "")
  }

  mutating func claim(_ node: YAMLNode?) -> BillingRules.Claim? {
    guard let node, let keys = block(node, BillingKeys.claim) else { return nil }
    func code(_ key: String, _ allowed: Set<String>) -> String {
      check(keys[key], "the contract knows \(allowed.sorted().joined(separator: ", "))") {
        allowed.contains($0)
      }
      return keys[key]?.text ?? ""
    }
    return BillingRules.Claim(
      agreement: code("agreement", ClaimCodes.agreementInRiksavtalet),
      typeOfAgreement: code("type-of-agreement", ClaimCodes.typeOfAgreement),
      typeOfReimbursement: code("type-of-reimbursement", ClaimCodes.typeOfReimbursement),
      priceList: code("price-list", ClaimCodes.priceList),
      medicalField: code("medical-field", ClaimCodes.medicalField),
      careLevel: code("care-level", ClaimCodes.careLevel), isPublicCare: keys["public-care"]?.text == "true",
      feesCount: keys["fees-count"].map { $0.text == "true" })
  }

  mutating func sending(_ node: YAMLNode?) -> BillingRules.Sending {
    let keys = node.flatMap { block($0, BillingKeys.sending) }
    return BillingRules.Sending(claim: keys?["claim"]?.text, invoice: keys?["invoice"]?.text)
  }

  mutating func answer(_ node: YAMLNode?) -> AnswerRule? {
    guard let node else { return nil }
    do throws(Diagnostic) {
      return try AnswerRuleReader(formulas: formulas).rule(node, &diagnostics)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}

extension BillingRulesReader {
  /// The formula of what is kept of an answer; nil where nothing is.
  mutating func comment(_ node: YAMLNode?, _ shape: String?) -> Formula? {
    guard let node else { return nil }
    let type: FormulaType
    do throws(Diagnostic) {
      let none = Forest(names: NameTableBuilder().build())
      type = try formulas.type(of: 0, in: none, shape: shape)
    } catch {
      diagnostics.append(Diagnostic(error.problem, at: node.place))
      return nil
    }
    var conditions = ConditionReader(formulas: formulas, type: type)
    defer { diagnostics += conditions.diagnostics }
    return conditions.formula(node)?.formula
  }
}
