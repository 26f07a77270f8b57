import Diagnostics
public import Mapping
public import Store

/// A question to the hub in the names of `store.yaml`.
public struct HubQuestion: Sendable {
  /// The FHIR resource type.
  public var type: String
  /// The patient; `nil` for any.
  public var patient: HubKey?
  /// What resources must have: of each name any of the values, written as FHIR's searches write tokens and
  /// references (`code`, `system|code`, `Encounter/id`).
  public var values: [(name: String, anyOf: [String])] = []
  /// What their times must have a moment in common with, by name; milliseconds since 1970, UTC.
  public var times: [(name: String, within: ClosedRange<Int64>)] = []

  /// All resources of a type, of one patient or of any.
  public init(type: String, patient: HubKey? = nil) {
    self.type = type
    self.patient = patient
  }

  /// Why a question can't be asked.
  public enum Fault: Error, Sendable, Equatable {
    /// Resources of that type are not kept.
    case unknownType(String, near: [String])
    /// Nothing of that name is searched for.
    case unknownName(String, near: [String])
    /// It would look through all patients.
    case needsPatient
  }
}

/// Turns questions into what the store looks for.
public struct HubQuestions: Sendable {
  private let rules: HubRules
  private let names: HubPseudonyms

  /// Questions by the rules of a library.
  public init(_ library: MappingLibrary, names: HubPseudonyms) {
    rules = library.hubRules
    self.names = names
  }

  /// What the store is to look for.
  public func query(_ question: HubQuestion) throws(HubQuestion.Fault) -> HubQuery {
    guard let rule = rules.resources[question.type] else {
      throw .unknownType(question.type, near: NearNames.of(question.type, among: rules.resources.keys))
    }
    var query = HubQuery(under: question.patient.map { [$0] } ?? [], type: question.type)
    for condition in question.values {
      let key = try key(condition.name, rule)
      let group = condition.anyOf.map { names.value(question.type, condition.name, Self.text($0, key)) }
      guard query.under.isEmpty, key.isAlone else {
        query.groups.append(group)
        continue
      }
      if key.hasDoors {
        query.under = condition.anyOf.map { names.door(question.type, condition.name, $0) }
        query.groups.append(group)
      } else {
        query.under = group
      }
    }
    for condition in question.times {
      let key = try key(condition.name, rule)
      guard key.kind == .date else { throw unknown(condition.name, rule) }
      if query.under.isEmpty, key.isAlone { query.under = [names.all(question.type)] }
      query.ranges.append(
        HubRange(name: names.times(question.type, condition.name), times: condition.within))
      // By the first of its times a resource is ordered.
      if rule.search.first(where: { $0.kind == .date })?.name == condition.name {
        query.span = query.span.map { Self.common($0, condition.within) } ?? condition.within
      }
    }
    guard !query.under.isEmpty else { throw .needsPatient }
    return query
  }

  /// A moment of each of two conditions lies between these; they need not be the same moment.
  private static func common(_ one: ClosedRange<Int64>, _ other: ClosedRange<Int64>) -> ClosedRange<Int64> {
    min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }

  private func key(_ name: String, _ rule: ResourceRule) throws(HubQuestion.Fault) -> SearchKey {
    if let key = rule.search.first(where: { $0.name == name }) { return key }
    if let key = lent.first(where: { $0.name == name }) { return key }
    throw unknown(name, rule)
  }

  private var lent: [SearchKey] {
    rules.resources.values.flatMap(\.search).filter(\.isLent)
  }

  private func unknown(_ name: String, _ rule: ResourceRule) -> HubQuestion.Fault {
    .unknownName(name, near: NearNames.of(name, among: (rule.search + lent).map(\.name)))
  }

  private static func text(_ value: String, _ key: SearchKey) -> String {
    key.kind == .reference ? HubKey(reference: value.utf8)?.hexadecimal ?? value : value
  }
}
