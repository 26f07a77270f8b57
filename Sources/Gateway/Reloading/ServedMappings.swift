import Billing
import Formats
import Mapping

/// One library as it is served, with its versions and its translators; never changed.
///
/// Whoever begins a message or a request takes one and keeps it to the end, so that nothing is half by one
/// version and half by another. It goes when the last of them is done.
final class ServedMappings: Sendable {
  /// A mapping and the version that it is.
  struct Entry: Sendable {
    let mapping: Mapping
    let version: String
  }

  let library: MappingLibrary
  let versions: MappingVersions
  /// The mappings by name.
  let mappings: [String: Entry]
  let translators: TranslatorPool
  /// How hard each route tries, by its name.
  private let terms: [String: RouteTerms]
  /// How visits are billed; `nil` where the folder has no rules for it.
  let billing: BillingRules?
  /// What is answered over RIV-TA.
  let contracts: RIVTAContracts
  /// How bookings are made; `nil` where the folder has no rules for it.
  let bookings: BookingRules?
  /// The hash of the rules by which the hub keeps and finds resources.
  let hubRulesVersion: [UInt8]
  let limits: ReadingLimits
  /// When these versions began to be served; milliseconds since 1970.
  let since: Int64

  init(
    _ library: MappingLibrary, billing: BillingRules? = nil, contracts: RIVTAContracts = RIVTAContracts([]),
    bookings: BookingRules? = nil, hubRulesVersion: [UInt8] = [], limits: ReadingLimits, since: Int64
  ) {
    self.library = library
    self.contracts = contracts
    (self.bookings, self.hubRulesVersion) = (bookings, hubRulesVersion)
    self.billing = billing
    self.limits = limits
    self.since = since
    let versions = MappingVersions(library)
    self.versions = versions
    mappings = library.mappings.mapValues { Entry(mapping: $0, version: versions.each[$0.name] ?? "") }
    let routes = library.mappings.values.flatMap(\.routes)
    let terms = routes.map { route in
      let judgement = route.answer.map { AnswerJudgement(rule: $0, library: library) }
      return (route.name, RouteTerms(policy: route.policy, judgement: judgement))
    }
    var byName = Dictionary(terms) { first, _ in first }
    if let rule = billing?.claimAnswer {
      let judgement = AnswerJudgement(rule: rule, library: library)
      byName[SendingRound.answered] = RouteTerms(judgement: judgement)
    }
    self.terms = byName
    translators = TranslatorPool { Translator(library, limits: limits) }
  }

  /// How hard a route tries; the standard policy for one that is no longer there, whose deliveries still wait.
  func terms(of route: String) -> RouteTerms { terms[route] ?? RouteTerms() }
}
