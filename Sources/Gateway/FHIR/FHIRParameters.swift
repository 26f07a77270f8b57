import Mapping
import Store

/// What a search asks for (R4, 3.1.1). A filter that is not understood is refused, never left out: its answer
/// would show more than was asked for.
struct FHIRParameters {
  /// The searched-for type.
  let type: String
  /// The names of the patients' resources, from `patient` or `subject`.
  private(set) var patients: [String] = []
  /// What `patient.identifier` said.
  private(set) var patientIdentifiers: [String] = []
  /// What `_id` said; it stands alone.
  private(set) var ids: [String] = []
  private(set) var values: [(name: String, anyOf: [String])] = []
  private(set) var times: [(name: String, within: ClosedRange<Int64>)] = []
  private(set) var count = 50
  private(set) var cursor: HubPage.Cursor?
  /// Of all parameters but the cursor, for links.
  private(set) var kept: [(name: String, value: String)] = []

  /// - Parameter query: in the order sent.
  init(_ type: String, _ query: [(name: String, value: String)], _ rules: HubRules) throws(FHIRFault) {
    self.type = type
    let dates = Set(rules.resources[type]?.search.filter { $0.kind == .date }.map(\.name) ?? [])
    for field in query {
      try take(field.name, field.value, isDate: dates.contains(field.name), rules.calendar)
      if field.name != "_cursor" { kept.append(field) }
    }
    guard ids.isEmpty || (patients.isEmpty && patientIdentifiers.isEmpty && values.isEmpty && times.isEmpty)
    else { throw .unsupported("_id stands alone") }
    guard patients.isEmpty || patientIdentifiers.isEmpty else {
      throw .unsupported("either patient or patient.identifier")
    }
  }

  /// Whether a patient is named, as a resource or by a number.
  var namesPatient: Bool { !patients.isEmpty || !patientIdentifiers.isEmpty }

  private mutating func take(
    _ name: String, _ value: String, isDate: Bool, _ calendar: HubCalendar
  ) throws(FHIRFault) {
    guard !value.isEmpty else { throw .invalid("a parameter has no value") }
    switch name {
    case "_count": count = try Self.count(value)
    case "_cursor": cursor = try Self.cursor(value)
    case "_format": break
    case "_id": ids += Self.anyOf(value)
    case "patient", "subject", "patient:Patient", "subject:Patient":
      try Self.once(&patients, Self.anyOf(value))
    case "patient.identifier", "subject.identifier", "patient:Patient.identifier",
      "subject:Patient.identifier":
      try Self.once(&patientIdentifiers, Self.tokens(value))
    case _ where name.contains(":"): throw .unsupported("modifiers are not supported")
    case _ where name.contains("."): throw .unsupported("of chains only patient.identifier is supported")
    case _ where isDate: times.append((name, try FHIRDate.times(value, calendar)))
    default: values.append((name, try Self.tokens(value)))
    }
  }

  /// Two of a kind would have to hold both, and a resource is about one patient.
  private static func once(_ place: inout [String], _ values: [String]) throws(FHIRFault) {
    guard place.isEmpty else { throw .unsupported("a patient is named once") }
    place = values
  }

  /// More than a thousand on a page are a thousand (3.1.1.5.11 lets a server give fewer).
  private static func count(_ value: String) throws(FHIRFault) -> Int {
    guard let count = Int(value), count > 0 else { throw .invalid("_count is a number from 1 on") }
    return min(count, 1000)
  }

  private static func cursor(_ value: String) throws(FHIRFault) -> HubPage.Cursor {
    guard let cursor = HubPage.Cursor(text: value) else {
      throw .invalid("_cursor is what the next link of a page says")
    }
    return cursor
  }

  private static func tokens(_ value: String) throws(FHIRFault) -> [String] {
    let tokens = anyOf(value)
    guard !tokens.contains(where: { $0.hasSuffix("|") }) else {
      throw .unsupported("a system without a code is not searched for")
    }
    return tokens
  }

  /// The values between commas; `\,` and the like stand for what they hide (3.1.1.4.0.2).
  private static func anyOf(_ text: String) -> [String] {
    var values = [""]
    var isHidden = false
    for character in text {
      switch character {
      case "\\" where !isHidden: isHidden = true
      case "," where !isHidden: values.append("")
      default:
        values[values.count - 1].append(character)
        isHidden = false
      }
    }
    return values.filter { !$0.isEmpty }
  }
}
