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
    let complete: VisitFormula
    let notBilled, fees: [Condition]
    let deduction: BillingRules.FeeDeduction
    let countySources: [String]
    let registerMessages, freeCardMessages: [String]
    let sending: BillingRules.Sending
    let claimAnswer: AnswerRule?
    let claimComment: Formula?
    let vatExemption: String
    let paymentDays, lateMonths: Int
    let receivable, income, series: String
    let columns: [ExportColumn]
  }

  static let rulesFile = "rules.yaml"
  static let exportsFile = "exports.yaml"
  let files: [String: ConfigurationFile]
  let formulas: FormulaReader
  var diagnostics: [Diagnostic] = []

  init(_ files: [String: ConfigurationFile], _ formulas: FormulaReader) {
    self.files = files
    self.formulas = formulas
  }

  /// Each file's path and text but for the exports', which decide no amount, with their lengths before them, so that
  /// no two sets of files look the same.
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
    let claimAnswer = answer(keys["claim-answer"])
    let accounts = keys["accounts"].flatMap { block($0, BillingKeys.accounts) }
    return Parts(
      seller: seller, regions: regions, municipalities: municipalities, claim: claim, prices: prices,
      groups: groups, forms: Set(forms), occupations: occupations, complete: complete, notBilled: notBilled,
      fees: fees, deduction: keys["fee-deducted"]?.text.flatMap { .init(rawValue: $0) } ?? .owed,
      countySources: keys["county-from"].map { texts($0) } ?? ["register", "event"],
      registerMessages: texts(keys["register-messages"]),
      freeCardMessages: texts(keys["free-card-messages"]), sending: sending(keys["sending"]),
      claimAnswer: claimAnswer, claimComment: comment(keys["claim-comment"], claimAnswer?.shape),
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

  mutating func block(_ node: YAMLNode, _ table: KeyTable) -> KeyReader? {
    do throws(Diagnostic) {
      let keys = try KeyReader(node, table)
      diagnostics += keys.diagnostics
      return keys
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  // MARK: values

  mutating func check(_ node: YAMLNode?, _ reason: String, _ isRight: (String) -> Bool) {
    guard let node, !isRight(node.text ?? "") else { return }
    diagnostics.append(Diagnostic(.billingRow(reason: reason), at: node.place))
  }

  func texts(_ node: YAMLNode?) -> [String] {
    node.map { ($0.items ?? [$0]).compactMap(\.text) } ?? []
  }

  mutating func number(_ node: YAMLNode?, or standard: Int) -> Int {
    check(node, "expected a whole number") { Int($0).map { (0...10_000).contains($0) } ?? false }
    return node?.text.flatMap(Int.init) ?? standard
  }
}
