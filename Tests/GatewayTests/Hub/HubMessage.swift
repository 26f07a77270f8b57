import Gateway

/// A message about a visit, as a translation leaves it.
struct HubMessage {
  static let hsa = "urn:oid:1.2.752.129.2.1.4.1"
  static let personnummer = "http://electronichealth.se/identifier/personnummer"
  static let start = 1_795_000_000_000 as Int64

  var id: String
  var mapping = "visiba/visit-event"
  var source = "VISIBA"
  /// Minutes after ``start``.
  var time: Int64
  var visit = "V-1"
  var patient = "191212121212"
  var status = "in-progress"
  /// Further members of the Encounter, of the Patient, and further resources.
  var encounter: [String] = []
  var person: [String] = []
  var careUnit = "UNIT-1"
  /// Empty for nobody.
  var careGiver = "GIVER-1"
  var others: [String] = []

  /// The time that the message tells, in milliseconds since 1970.
  var milliseconds: Int64 { Self.start + time * 60_000 }

  static func stamp(_ time: Int64) -> String {
    // 1_795_000_000 is 2026-11-18T11:06:40Z.
    let seconds = 40_000 + time * 60
    let (day, clock) = (18 + seconds / 86_400, seconds % 86_400)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2026-11-\(day)T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))Z"
  }

  private func identifier(_ system: String, _ value: String) -> String {
    #"{"system": "\#(system)", "value": "\#(value)"}"#
  }

  private func agent(_ role: String, _ unit: String) -> String {
    #"{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "\#(role)"}]}, "who": {"identifier": \#(identifier(Self.hsa, unit))}}"#
  }

  private var agents: [String] {
    [agent("author", careUnit)] + (careGiver.isEmpty ? [] : [agent("custodian", careGiver)])
  }

  var resources: [String] {
    let stamp = Self.stamp(time)
    let official = #"{"use": "official", "system": "\#(Self.personnummer)", "value": "\#(patient)"}"#
    let patient =
      [#""resourceType": "Patient", "id": "patient", "identifier": [\#(official)]"#] + person
    let visit =
      [
        #""resourceType": "Encounter", "id": "visit", "meta": {"lastUpdated": "\#(stamp)", "source": "\#(Self.hsa)#\#(source)"}"#,
        #""identifier": [\#(identifier("urn:sluss:visiba:visit", self.visit))], "status": "\#(status)""#,
        #""class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "VR"}"#,
        #""subject": {"reference": "Patient/patient"}"#,
      ] + encounter
    let origin =
      #""resourceType": "Provenance", "id": "origin", "target": [{"reference": "Encounter/visit"}], "recorded": "\#(stamp)", "agent": [\#(agents.joined(separator: ", "))]"#
    return ["{\(patient.joined(separator: ", "))}", "{\(visit.joined(separator: ", "))}", "{\(origin)}"]
      + others
  }

  var event: HubEvent {
    let entries = resources.map { "{\"resource\": \($0)}" }.joined(separator: ", ")
    return HubEvent(
      message: id, mapping: mapping, mappingVersion: "1", received: milliseconds + 5_000_000,
      bundle: Array("{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"entry\": [\(entries)]}".utf8))
  }

  // MARK: parts of the visit

  static func diagnosis(id: String?, code: String, number: Int = 1) -> String {
    let identifier = id.map { #""identifier": [{"value": "\#($0)"}], "# } ?? ""
    return
      #"{"resourceType": "Condition", "id": "diagnosis-\#(number)", \#(identifier)"code": {"coding": [{"system": "https://www.icd10.se/", "code": "\#(code)"}]}, "subject": {"reference": "Patient/patient"}, "encounter": {"reference": "Encounter/visit"}}"#
  }

  static func procedure(code: String, number: Int = 1) -> String {
    #"{"resourceType": "Procedure", "id": "procedure-\#(number)", "status": "completed", "code": {"coding": [{"system": "urn:oid:1.2.752.116.1.3.2.1.4", "code": "\#(code)"}]}, "subject": {"reference": "Patient/patient"}, "encounter": {"reference": "Encounter/visit"}}"#
  }

  static func note(id: String, status: String = "current", number: Int = 1) -> String {
    #"{"resourceType": "DocumentReference", "id": "note-\#(number)", "masterIdentifier": {"value": "\#(id)"}, "status": "\#(status)", "type": {"coding": [{"system": "http://loinc.org", "code": "34109-9"}]}, "subject": {"reference": "Patient/patient"}, "content": [{"attachment": {"title": "Note"}}], "context": {"encounter": [{"reference": "Encounter/visit"}]}}"#
  }

  static func unit(_ name: String, id: String = "SE-UNIT") -> String {
    #"{"resourceType": "Organization", "id": "unit", "identifier": [{"system": "\#(hsa)", "value": "\#(id)"}], "name": "\#(name)"}"#
  }

  static func booking(status: String, start: Int64) -> String {
    #"{"resourceType": "Appointment", "id": "booking", "status": "\#(status)", "start": "\#(stamp(start))", "participant": [{"actor": {"reference": "Patient/patient"}, "status": "accepted"}]}"#
  }
}
