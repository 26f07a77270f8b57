import Diagnostics
import Documents
import Mapping

/// Writes a batch as ProcessClaimSpecification, and refuses it when it breaks one of the contract's rules.
struct ClaimExport {
  private let translation: DocumentTranslation

  init(_ library: MappingLibrary) throws(Diagnostic) {
    translation = try DocumentTranslation(library, from: "billing/claim", to: "claims/claim")
  }

  /// The claim of a document `billing/claim`.
  /// - Throws: a `DiagnosticError` with the rules that it breaks.
  func xml(_ document: [UInt8], _ name: String, today: CalendarDay) throws(DiagnosticError) -> [UInt8] {
    var rules = ClaimRules(today: today)
    let xml = try translation.translate(document, named: name) { root, forest in rules.check(root, forest) }
    guard rules.breaches.isEmpty else {
      throw DiagnosticError(
        rules.breaches.map {
          Diagnostic(
            .claimRule(rule: $0.rule, reason: $0.reason), at: Place(file: name, line: 1, column: 1))
        })
    }
    return xml
  }
}
