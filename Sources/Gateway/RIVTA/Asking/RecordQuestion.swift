import Documents
import Formats
import Mapping

/// What a consumer asks for, from the `Parameters` that a request's mapping makes.
struct RecordQuestion: Sendable, Equatable {
  var patient = (system: "", value: "")
  /// Days, `YYYYMMDD`, both included.
  var start, end: String?
  /// HSA-ids; none for all.
  var careUnits: [String] = []
  var careGivers: [String] = []
  /// The ids of care contacts; none for all.
  var contacts: [String] = []
  var source: String?
  /// What an earlier answer's `hasMore` said.
  var reference: String?

  /// Reads the question in a hub document, a FHIR Bundle in JSON.
  init?(_ bundle: [UInt8]) {
    var forest = Forest(names: .empty)
    guard let root = try? JSONReader().read(bundle, named: "question", into: &forest) else { return nil }
    self.init(root, forest)
  }

  /// Reads the question in a hub document's tree.
  init(_ root: NodeID, _ forest: borrowing Forest) {
    let resources = forest.elements(root, called: "entry").flatMap { forest.elements($0, called: "resource") }
    for node in resources.flatMap({ forest.elements($0, called: "parameter") }) {
      let identifier = forest.text(node, at: ["valueIdentifier", "value"])
      let date = forest.text(node, at: ["valueDate"]).filter { $0 != "-" }
      switch forest.text(node, at: ["name"]) {
      case "patient": patient = (forest.text(node, at: ["valueIdentifier", "system"]), identifier)
      case "start": start = date
      case "end": end = date
      case "care-unit": careUnits.append(identifier)
      case "care-giver": careGivers.append(identifier)
      case "care-contact": contacts.append(identifier)
      case "source-system": source = identifier
      case "has-more-reference": reference = forest.text(node, at: ["valueString"])
      default: break
      }
    }
  }

  static func == (one: RecordQuestion, other: RecordQuestion) -> Bool {
    one.patient == other.patient && one.start == other.start && one.end == other.end
      && one.careUnits == other.careUnits && one.careGivers == other.careGivers
      && one.contacts == other.contacts && one.source == other.source && one.reference == other.reference
  }

  /// The days asked for, in milliseconds since 1970, UTC; nil for all, and for what is no day.
  func days(_ calendar: HubCalendar) -> ClosedRange<Int64>? {
    guard start != nil || end != nil else { return nil }
    let first = start.map { calendar.times(Self.dashed($0))?.lowerBound } ?? Int64.min
    let last = end.map { calendar.times(Self.dashed($0))?.upperBound } ?? Int64.max
    guard let first, let last, first <= last else { return nil }
    return first...last
  }

  /// `20260131` as `2026-01-31`.
  private static func dashed(_ digits: String) -> String {
    let parts = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6)]
    return parts.filter { !$0.isEmpty }.joined(separator: "-")
  }

  /// Why it can't be answered at this address; `nil` when it can (TKB, general rules).
  func fault(at address: RIVTAAddress) -> String? {
    if patient.value.isEmpty { return "patientId is empty" }
    if let start, let end, start > end { return "the period ends before it begins" }
    if let source, !address.isOfAll, source.uppercased() != address.name.uppercased() {
      return "the source system is not the logical address"
    }
    if source == nil, !contacts.isEmpty { return "careContactId is asked for without a source system" }
    if let reference, RecordPlace(reference) == nil { return "hasMoreReference is not from an answer" }
    return nil
  }
}
