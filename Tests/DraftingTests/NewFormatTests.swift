import Diagnostics
import Drafting
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// A new format from invented examples gives a folder that an engineer can go on from.
struct NewFormatTests {
  private static let first = """
    {"bookingRef": "BK-1", "createdAt": "2026-11-02T08:15:00Z", "state": "CONFIRMED", "colour": "red",
     "person": {"pnr": "191212121212", "firstName": "Tolvan", "lastName": "Tolvansson", "sex": "M", "other names": "T"},
     "doctor": {"hsaId": "SE2321000016-TESTLAK1", "name": "Doris Testläkare"},
     "slot": {"from": "2026-11-20T10:15:00", "to": "2026-11-20T10:45:00"}, "tags": ["a"], "urgent?": true,
     "diagnoses": [{"code": "J06.9", "weight": 3, "steps": [{"no": 1}]}], "grid": [[1]]}
    """
  private static let second = """
    {"bookingRef": "BK-2", "createdAt": "2026-11-03T08:15:00Z", "state": "CANCELLED", "colour": "blue",
     "person": {"pnr": "195704289999", "firstName": "Eva", "lastName": "Testsson", "sex": "F", "other names": ""},
     "doctor": {"hsaId": "SE2321000016-TESTLAK2", "name": "Dag Testläkare"},
     "slot": {"from": "2026-11-21T10:15:00", "to": "2026-11-21T10:45:00"}, "tags": [], "diagnoses": []}
    """
  private static let xml = """
    <v:visits xmlns:v="urn:acme:visits" xmlns="urn:acme:types" version="2">
      <v:visit id="7"><patientId>191212121212</patientId><name><given>Tolvan</given><family>Tolvansson</family></name>
        <start>2026-11-20T10:15:00</start><dx code="J06.9">Övre luftvägsinfektion</dx><dx code="R05">Hosta</dx></v:visit>
      <v:visit id="8"><patientId>195704289999</patientId><name><given>Eva</given><family>Testsson</family></name>
        <start>2026-11-21T10:15:00</start></v:visit>
    </v:visits>
    """

  private func hub() throws(DiagnosticError) -> [ConfigurationFile] {
    try MappingFolder.files(in: RepositoryFolder.path + "/Mappings")
  }

  private func format(
    _ documents: [String], resource: String? = nil, knowledge: DraftingKnowledge? = nil
  ) throws -> NewFormat {
    try NewFormat(
      documents.enumerated().map { Example(file: "\($0.offset)", bytes: Array($0.element.utf8)) },
      name: "acme/thing", resource: resource, folder: try hub(),
      knowledge: try knowledge ?? RepositoryFolder.knowledge())
  }

  private func map(_ format: NewFormat) -> String {
    format.files.first { $0.path.hasSuffix(".map.yaml") }.map { String(decoding: $0.bytes, as: UTF8.self) }
      ?? ""
  }

  /// The line of a field that stands, its remark left out.
  private func line(_ field: String, in map: String) -> String? {
    map.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
      .map { $0.split(separator: "  #")[0].split(separator: " ").joined(separator: " ") }
      .first { $0.hasPrefix(field + ": ") }
  }

  /// A folder with the hub and the format in it.
  private func withFolder(_ format: NewFormat, _ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for part in ["hub", "codes"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(RepositoryFolder.path)/Mappings/\(part)", toPath: "\(folder)/\(part)")
    }
    try format.write(into: folder)
    try body(folder)
  }

  @Test(
    "The folder loads, and its case gives the same hub again", arguments: [[first, second], [xml], ["{}"]])
  func runs(_ documents: [String]) throws {
    let format = try format(documents)
    try withFolder(format) { folder in
      let library = try MappingFolder.load(folder)
      #expect(library.mappings["acme/thing"] != nil)
      #expect(library.warnings.allSatisfy { $0.code == .unusedTable })
      let cases = try MappingFolder.cases(in: folder)
      #expect(cases.count == 1)
      let recording = CaseRunner(library, records: true).run(cases)
      #expect(recording.diagnostics.map(\.code) == [.recorded], "\(recording.diagnostics)")
      #expect(CaseRunner(library).run(cases).passed == 1)
    }
  }

  @Test("Near names, types and codes find their places in the hub")
  func proposals() throws {
    let map = map(try format([Self.first, Self.second], resource: "Appointment"))
    let expected = [
      "patient: Patient as appointment.participant[first].actor",
      "bookingRef: appointment.identifier[appointment].value", "createdAt: appointment.created",
      "state: appointment.status | thing-state", "person.pnr: patient.identifier[personnummer].value",
      "person.firstName: patient.name[first].given[first]", "person.lastName: patient.name[first].family",
      "person.sex: patient.gender | thing-sex", "doctor.hsaId: practitioner.identifier[hsa-id].value",
      "slot.from: appointment.start", "slot.to: appointment.end",
      "each: Condition condition where subject = patient",
      "code: condition.code.coding[first].code", "colour: = {}",
    ]
    for line in expected {
      #expect(self.line(String(line.prefix { $0 != ":" }), in: map) == line, "\(map)")
    }
    #expect(map.contains("  # colour:"), "a field without a near name waits as a comment")
    #expect(map.contains("`other names`") && map.contains("urgent?:"))
  }

  @Test("A list of things gives each its resources")
  func lists() throws {
    let map = map(try format([Self.xml]))
    #expect(line("encounter", in: map) == "encounter: Encounter")
    #expect(line("patient", in: map) == "patient: Patient as encounter.subject")
    #expect(line("name.given", in: map) == "name.given: patient.name[first].given[first]")
    #expect(line("patientId", in: map) == "patientId: patient.identifier[personnummer].value")
    #expect(line("$code", in: map) == "$code: condition.code.coding[first].code")
  }

  @Test("A code without a near one leaves the line waiting, and the table says what is missing")
  func openTable() throws {
    let format = try format([
      #"{"visitId": "1", "visitStatus": "wobbly"}"#, #"{"visitId": "2", "visitStatus": "planned"}"#,
    ])
    #expect(format.openTables == ["thing-visit-status"])
    #expect(map(format).contains("# visitStatus:"))
    let table = format.files.first { $0.path == "acme/codes/thing-visit-status.csv" }
    let text = String(decoding: table?.bytes ?? [], as: UTF8.self)
    #expect(text.contains("\n# wobbly,?,\n") && text.contains("\nplanned,planned,\n"))
  }

  @Test("Without the operator's words, names are compared as they are, and all still works")
  func noKnowledge() throws {
    let format = try format(
      [#"{"gender": "female", "birthDate": "1957-04-28"}"#], resource: "Patient",
      knowledge: DraftingKnowledge())
    #expect(line("birthDate", in: map(format)) == "birthDate: patient.birthDate")
    #expect(line("gender", in: map(format)) == "gender: patient.gender")
    let unguided = try self.format([Self.first], knowledge: DraftingKnowledge())
    #expect(!map(unguided).contains("hub:"), "nothing says what the document is about")
    for format in [format, unguided] {
      try withFolder(format) { folder in
        let library = try MappingFolder.load(folder)
        #expect(library.mappings.count == 1)
      }
    }
  }

  @Test("What is there already is never overwritten, and nothing else is written then")
  func keeps() throws {
    let format = try format(["{}"])
    try withFolder(format) { folder in
      let map = "\(folder)/acme/thing.map.yaml"
      try "mine".write(toFile: map, atomically: true, encoding: .utf8)
      try FileManager.default.removeItem(atPath: "\(folder)/acme/thing.shape.yaml")
      let error = #expect(throws: DiagnosticError.self) { try format.write(into: folder) }
      #expect(error?.diagnostics.allSatisfy { $0.code == .fileExists } == true)
      #expect(try String(contentsOfFile: map, encoding: .utf8) == "mine")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/acme/thing.shape.yaml"))
    }
  }

  @Test("A resource that the hub doesn't have is refused with a near name")
  func unknownResource() {
    let error = #expect(throws: DiagnosticError.self) { try format(["{}"], resource: "Encountr") }
    #expect(error?.diagnostics.map(\.problem) == [.unknownResource(type: "Encountr", near: ["Encounter"])])
  }
}
