import Cryptography
import Diagnostics
import Documents
import FHIRPath
import Mapping
import YAML

/// Reads billing's files; problems are collected until all is read.
struct BillingRulesReader {
  /// What was read.
  struct Parts {
    let seller: BillingRules.Seller
    let regions: [String: Region]
    let municipalities: Set<String>
    let claim: BillingRules.Claim
    let prices: PriceList
    let groups: [String: String]
    let forms: Set<String>
    let occupations: [String: String]
    let complete: Formula
    let notBilled, fees: [Condition]
    let deduction: BillingRules.FeeDeduction
    let countySources: [String]
    let vatExemption: String
    let paymentDays, lateMonths: Int
    let receivable, income, series: String
    let columns: [ExportColumn]
  }

  static let rulesFile = "rules.yaml"
  static let exportsFile = "exports.yaml"
  private let files: [String: ConfigurationFile]
  private let formulas: FormulaReader
  private(set) var diagnostics: [Diagnostic] = []

  init(_ files: [String: ConfigurationFile], _ formulas: FormulaReader) {
    self.files = files
    self.formulas = formulas
  }

  /// Each file's path and text but for the exports', which decide no amount, with their lengths before them, so that no two sets of files look the same.
  var version: String {
    var hash = SHA256()
    hash.update("sluss billing 1\n")
    for (name, file) in files.sorted(by: { $0.key < $1.key }) where name != Self.exportsFile {
      for text in [name, file.text] { hash.update("\(text.utf8.count):\(text)") }
    }
    return hash.finish().hexadecimal
  }

  mutating func read() throws(DiagnosticError) -> BillingRules {
    let parts = try? self.parts()
    guard let parts, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DiagnosticError(diagnostics)
    }
    return BillingRules(parts, self)
  }

  private mutating func parts() throws -> Parts {
    guard let file = files[Self.rulesFile] else {
      let place = Place(file: "billing/\(Self.rulesFile)", line: 1, column: 1)
      throw failure(Diagnostic(.unreadableFile(reason: "it is not there"), at: place))
    }
    let regions = regions()
    let municipalities = municipalities()
    let occupations = occupations()
    var keys: KeyReader
    do throws(Diagnostic) {
      keys = try KeyReader(try YAMLReader.read(file.text, file: file.path), BillingKeys.file)
    } catch {
      throw failure(error)
    }
    let groupEntries = keys.entries("groups")
    diagnostics += keys.diagnostics
    let type = try visitType(keys.place)
    var conditions = ConditionReader(formulas: formulas, type: type)
    let complete = keys["complete"].flatMap { conditions.formula($0) }
    let notBilled = conditions.conditions(keys["not-billed"]?.entries ?? [], BillingKeys.refusal)
    let fees = conditions.conditions(keys["fees"]?.entries ?? [], BillingKeys.fee)
    diagnostics += conditions.diagnostics
    let groups = groups(groupEntries)
    let forms = texts(keys["forms"])
    let prices = prices(groups: groupEntries, forms: keys["forms"])
    guard let seller = seller(keys["seller"], regions), let claim = claim(keys["claim"]), let complete else {
      throw DiagnosticError(diagnostics)
    }
    let accounts = keys["accounts"].flatMap { block($0, BillingKeys.accounts) }
    return Parts(
      seller: seller, regions: regions, municipalities: municipalities, claim: claim, prices: prices,
      groups: groups, forms: Set(forms), occupations: occupations, complete: complete, notBilled: notBilled,
      fees: fees, deduction: keys["fee-deducted"]?.text.flatMap { .init(rawValue: $0) } ?? .owed,
      countySources: keys["county-from"].map { texts($0) } ?? ["register", "event"],
      vatExemption: keys["vat-exemption"]?.text ?? "VATEX-EU-132-1B",
      paymentDays: number(keys["payment-days"], or: 30), lateMonths: number(keys["late-months"], or: 6),
      receivable: accounts?["receivable"]?.text ?? "1510", income: accounts?["income"]?.text ?? "3010",
      series: accounts?["series"]?.text ?? "U", columns: columns())
  }

  private mutating func failure(_ diagnostic: Diagnostic) -> DiagnosticError {
    diagnostics.append(diagnostic)
    return DiagnosticError(diagnostics)
  }

  private mutating func visitType(_ place: Place) throws -> FormulaType {
    do throws(Diagnostic) {
      let none = Forest(names: NameTableBuilder().build())
      return try formulas.type(of: 0, in: none, shape: "billing/visit")
    } catch {
      throw failure(Diagnostic(error.problem, at: place))
    }
  }

  private mutating func block(_ node: YAMLNode, _ table: KeyTable) -> KeyReader? {
    do throws(Diagnostic) {
      let keys = try KeyReader(node, table)
      diagnostics += keys.diagnostics
      return keys
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  // MARK: rules.yaml

  private mutating func seller(_ node: YAMLNode?, _ regions: [String: Region]) -> BillingRules.Seller? {
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

  private mutating func claim(_ node: YAMLNode?) -> BillingRules.Claim? {
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
      careLevel: code("care-level", ClaimCodes.careLevel), isPublicCare: keys["public-care"]?.text == "true")
  }

  private mutating func check(_ node: YAMLNode?, _ reason: String, _ isRight: (String) -> Bool) {
    guard let node, !isRight(node.text ?? "") else { return }
    diagnostics.append(Diagnostic(.billingRow(reason: reason), at: node.place))
  }

  private mutating func groups(_ entries: [YAMLNode.Entry]) -> [String: String] {
    var groups: [String: String] = [:]
    for entry in entries {
      for item in entry.value.items ?? [entry.value] {
        let code = item.text ?? ""
        check(item, "the claim has no such profession (R22)") { ClaimCodes.profession.contains($0) }
        if let other = groups.updateValue(entry.name, forKey: code) {
          let reason = "the group `\(other)` has it too"
          diagnostics.append(Diagnostic(.billingRow(reason: reason), at: item.place))
        }
      }
    }
    return groups
  }

  private func texts(_ node: YAMLNode?) -> [String] {
    node.map { ($0.items ?? [$0]).compactMap(\.text) } ?? []
  }

  private mutating func number(_ node: YAMLNode?, or standard: Int) -> Int {
    check(node, "expected a whole number") { Int($0).map { (0...10_000).contains($0) } ?? false }
    return node?.text.flatMap(Int.init) ?? standard
  }

  // MARK: tables

  private mutating func columns() -> [ExportColumn] {
    guard let file = files[Self.exportsFile] else { return [] }
    do throws(Diagnostic) {
      var keys = try KeyReader(try YAMLReader.read(file.text, file: file.path), BillingKeys.exports)
      let entries = keys.entries("csv")
      diagnostics += keys.diagnostics
      return entries.map { ExportColumn(heading: $0.name, path: $0.value.text ?? "") }
    } catch {
      diagnostics.append(error)
      return []
    }
  }

  private mutating func table(_ name: String, _ columns: [String]) -> [RuleTable.Row] {
    guard let file = files[name] else { return [] }
    return RuleTable(file.text, file: file.path, columns: columns, &diagnostics).rows
  }

  private mutating func regions() -> [String: Region] {
    var regions: [String: Region] = [:]
    for row in table("regions.csv", Region.columns) {
      guard let region = Region(row, &diagnostics) else { continue }
      if regions.updateValue(region, forKey: region.county) != nil {
        diagnostics.append(Diagnostic(.billingRow(reason: "the county stands twice"), at: row.place))
      }
    }
    return regions
  }

  private mutating func municipalities() -> Set<String> {
    Set(table("municipalities.csv", ["municipality"]).map { $0["municipality"] })
  }

  private mutating func occupations() -> [String: String] {
    var occupations: [String: String] = [:]
    for row in table("occupations.csv", ["occupation", "profession"]) {
      occupations[row["occupation"]] = row["profession"]
      if !ClaimCodes.profession.contains(row["profession"]) {
        let problem = Problem.billingRow(reason: "the claim has no such profession (R22)")
        diagnostics.append(Diagnostic(problem, at: row.place(of: "profession")))
      }
    }
    return occupations
  }

  private mutating func prices(groups: [YAMLNode.Entry], forms: YAMLNode?) -> PriceList {
    var prices: [Price] = []
    for name in files.keys.sorted() where name.hasPrefix("prices/") {
      for row in table(name, PriceList.columns) {
        guard let price = Price(row, &diagnostics) else { continue }
        if !groups.contains(where: { $0.name == price.subject.group }) {
          let problem = Problem.ruleUnreachable(
            name: price.subject.text, reason: "rules.yaml has no group `\(price.subject.group)`")
          diagnostics.append(Diagnostic(problem, at: row.place(of: "group")))
        }
        prices.append(price)
      }
    }
    let list = PriceList(prices, &diagnostics)
    for form in forms.map({ $0.items ?? [$0] }) ?? [] {
      for group in groups where !list.has(group: group.name, form: form.text ?? "") {
        let what = "\(group.name), \(form.text ?? "")"
        diagnostics.append(Diagnostic(.visitWithoutPrice(what: what), at: form.place))
      }
    }
    return list
  }
}
