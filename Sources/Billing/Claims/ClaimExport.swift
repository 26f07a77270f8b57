import Diagnostics
import Documents
import Mapping

/// Writes a batch as ProcessClaimSpecification, and refuses it when it breaks one of the contract's rules.
struct ClaimExport {
  private let translation: DocumentTranslation
  private let checks: ClaimChecks?

  /// - Parameter rules: what claims are checked by beyond the contract, before they are closed; nil for what is
  ///   closed and leaves as it is.
  init(_ library: MappingLibrary, checking rules: BillingRules? = nil) throws(Diagnostic) {
    translation = try DocumentTranslation(library, from: "billing/claim", to: "claims/claim")
    checks = rules.map(ClaimChecks.init)
  }

  /// The claim of a document `billing/claim`.
  /// - Throws: a `DiagnosticError` with the rules that it breaks.
  func xml(_ document: [UInt8], _ name: String, today: CalendarDay) throws(DiagnosticError) -> [UInt8] {
    var rules = ClaimRules(today: today)
    var checks = checks
    let xml = try translation.translate(document, named: name) { root, forest in
      let claim = ClaimTree(root, forest).root
      rules.check(claim)
      checks?.check(claim)
    }
    let problems =
      rules.breaches.map { Problem.claimRule(rule: $0.rule, reason: $0.reason) }
      + (checks?.findings ?? []).map { Problem.billingCheck(name: $0.name, reason: $0.reason) }
    guard problems.isEmpty else {
      let place = Place(file: name, line: 1, column: 1)
      throw DiagnosticError(problems.map { Diagnostic($0, at: place) })
    }
    return xml
  }
}
