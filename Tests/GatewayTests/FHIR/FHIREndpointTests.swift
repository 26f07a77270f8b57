import Audit
import Foundation
import Store
import Testing

@testable import Gateway

/// The hub as FHIR clients meet it: over HTTP.
struct FHIREndpointTests {
  private static let tolvan = "\(HubMessage.personnummer)|191212121212"
  private static let other = "\(HubMessage.personnummer)|201701012393"

  /// Three visits of one patient and one of another.
  private func clinic(access: Access = .open, logs: Bool = true) async throws -> RunningFHIR {
    let running = try RunningFHIR(access: access, logs: logs)
    for (number, minute) in [(1, 0), (2, 1440), (3, 2880)] {
      var message = HubMessage(id: "m-\(number)", time: Int64(minute), visit: "V-\(number)")
      message.status = number == 3 ? "finished" : "in-progress"
      message.encounter = [#""period": {"start": "\#(HubMessage.stamp(Int64(minute)))"}"#]
      message.others = [HubMessage.diagnosis(id: "D-\(number)", code: "J06.9")]
      try await running.take(message)
    }
    var message = HubMessage(id: "m-4", time: 5, visit: "V-4", patient: "201701012393")
    message.encounter = [#""period": {"start": "\#(HubMessage.stamp(5))"}"#]
    try await running.take(message)
    return running
  }

  @Test("A search by the patient's number finds the patient's visits, the newest first, and nobody else's")
  func byPatient() async throws {
    let clinic = try await clinic()
    let answer = try await clinic.get("/fhir/Encounter?patient.identifier=\(Self.tolvan)")
    #expect(answer.status == 200)
    #expect(answer.head.contains("Content-Type: application/fhir+json; charset=utf-8"))
    #expect(answer.json["type"] as? String == "searchset")
    let visits = answer.resources.compactMap { ($0["identifier"] as? [[String: String]])?.first?["value"] }
    #expect(visits == ["V-3", "V-2", "V-1"])
    let subject = try #require((answer.resources.first?["subject"] as? [String: String])?["reference"])
    #expect(try await clinic.get("/fhir/Encounter?patient=\(subject)").ids == answer.ids)
    #expect(
      try await clinic.get("/fhir/Encounter?subject=\(subject.dropFirst(8))&status=finished").ids.count == 1)
    #expect(
      try await clinic.get(
        "/fhir/Condition?patient=\(subject)&code=J06.9,X&encounter=Encounter/\(answer.ids[0])"
      )
      .ids.count == 1)
    #expect(
      try await clinic.get("/fhir/Encounter?patient.identifier=\(HubMessage.personnummer)|191212121211").ids
        == [])
    #expect(try await clinic.get("/fhir/Encounter?identifier=urn:sluss:visiba:visit|V-4").ids.count == 1)
  }

  @Test(
    "A date finds what has a moment in common with what its prefix means",
    arguments: [
      ("2026-11-19", ["V-2"]), ("eq2026-11-19", ["V-2"]), ("ge2026-11-19", ["V-3", "V-2"]),
      ("gt2026-11-19", ["V-3"]), ("le2026-11-19", ["V-2", "V-1"]), ("lt2026-11-19", ["V-1"]),
      ("ge2026-11-19&date=lt2026-11-20", ["V-2"]), ("2026", ["V-3", "V-2", "V-1"]), ("2025", []),
    ])
  func byDate(_ date: String, _ visits: [String]) async throws {
    let clinic = try RunningFHIR()
    for (number, minute) in [(1, 0), (2, 1440), (3, 2880)] {
      var message = HubMessage(id: "m-\(number)", time: Int64(minute), visit: "V-\(number)")
      let day = HubMessage.stamp(Int64(minute))
      message.encounter = [#""period": {"start": "\#(day)", "end": "\#(day)"}"#]
      try await clinic.take(message)
    }
    let answer = try await clinic.get("/fhir/Encounter?patient.identifier=\(Self.tolvan)&date=\(date)")
    let found = answer.resources.compactMap { ($0["identifier"] as? [[String: String]])?.first?["value"] }
    #expect(found == visits)
  }

  @Test("Pages follow one another by their links until all was shown once")
  func paging() async throws {
    let clinic = try await clinic()
    var path: String? = "/fhir/Encounter?patient.identifier=\(Self.tolvan)&_count=1"
    var shown: [String] = []
    while let next = path, shown.count < 9 {
      let page = try await clinic.get(next)
      #expect(page.resources.count <= 1)
      #expect(page.link("self") != nil)
      shown += page.ids
      path = page.link("next")
    }
    #expect(shown.count == 3)
    #expect(Set(shown).count == 3)
  }

  @Test("One resource is read by its id, with its version; what is of another type or unknown is not there")
  func reading() async throws {
    let clinic = try await clinic()
    let id = try #require(try await clinic.get("/fhir/Patient?identifier=\(Self.tolvan)").ids.first)
    let patient = try await clinic.get("/fhir/Patient/\(id)")
    #expect(patient.status == 200)
    #expect(patient.json["id"] as? String == id)
    #expect(patient.head.contains("ETag: W/\""))
    #expect(try await clinic.get("/fhir/Encounter/\(id)").status == 404)
    #expect(try await clinic.get("/fhir/Patient/\(String(id.reversed()))").issue == "not-found")
    #expect(try await clinic.get("/fhir/Patient?_id=\(id)").ids == [id])
  }

  @Test(
    "What is not understood is refused, never left out",
    arguments: [
      ("/fhir/Encounter?patient.identifier=1&colour=red", 400, "not-supported"),
      ("/fhir/Encounter?patient.identifier=1&status:not=finished", 400, "not-supported"),
      ("/fhir/Encounter?subject.name=Tolvan", 400, "not-supported"),
      ("/fhir/Encounter?patient.identifier=1&date=yesterday", 400, "invalid"),
      ("/fhir/Encounter?patient.identifier=1&date=sa2026", 400, "not-supported"),
      ("/fhir/Encounter?patient.identifier=1&_count=0", 400, "invalid"),
      ("/fhir/Encounter?patient.identifier=", 400, "invalid"),
      ("/fhir/Encounter?patient.identifier=1&_cursor=x", 400, "invalid"),
      ("/fhir/Encounter", 400, "invalid"), ("/fhir/Encounter?status=finished", 400, "invalid"),
      ("/fhir/Condition?patient=1&category=system%7C", 400, "not-supported"),
      ("/fhir/Teapot", 404, "not-supported"), ("/fhir/Encounter/1/2", 404, "not-found"),
    ])
  func refusals(_ path: String, _ status: Int, _ code: String) async throws {
    let answer = try await RunningFHIR().get(path)
    #expect(answer.status == status)
    #expect(answer.issue == code)
    #expect(answer.json["resourceType"] as? String == "OperationOutcome")
  }

  @Test("Each answer is in the log before it leaves, for each patient whom it shows, also when it is empty")
  func logging() async throws {
    let clinic = try await clinic()
    let search = try await clinic.get(
      "/fhir/Encounter?patient.identifier=\(Self.tolvan)", "-H", "X-Request-Id: r-1")
    #expect(search.head.contains("X-Request-Id: r-1"))
    var events = try clinic.logged()
    #expect(events.map(\.correlation) == ["r-1"])
    #expect(events.first?.patient?.value == "191212121212")
    #expect(events.first?.route == "FHIR Encounter" && events.first?.action == .search)
    #expect(events.first?.detail.hasPrefix("3 shown: ") == true)
    _ = try await clinic.get("/fhir/Encounter?date=ge2020", "-H", "X-Request-Id: r-2")
    events = try clinic.logged()
    #expect(events.dropFirst().compactMap(\.patient?.value) == ["191212121212", "201701012393"])
    _ = try await clinic.get("/fhir/Encounter?patient.identifier=\(HubMessage.personnummer)|191212121211")
    events = try clinic.logged()
    #expect(events.last?.patient?.value == "191212121211")
    #expect(events.last?.detail == "0 shown")
    #expect(events.count == 4)
  }

  @Test(
    "Nothing leaves when it can't be logged, nor when nobody can tell what is blocked; blocked is not there")
  func gate() async throws {
    let unlogged = try await clinic(logs: false)
    let refused = try await unlogged.get("/fhir/Encounter?patient.identifier=\(Self.tolvan)")
    #expect(refused.status == 503 && refused.issue == "transient" && !refused.text.contains("V-1"))
    let clinic = try await clinic()
    let id = try #require(try await clinic.get("/fhir/Encounter?patient.identifier=\(Self.tolvan)").ids.first)
    clinic.blocks.set(.unreachable)
    let unknown = try await clinic.get("/fhir/Encounter/\(id)")
    #expect(unknown.status == 503 && unknown.issue == "transient")
    #expect(try clinic.logged().last?.outcome == .failed)
    clinic.blocks.set(.all(ofType: "Encounter"))
    #expect(try await clinic.get("/fhir/Encounter/\(id)").status == 404)
    #expect(try await clinic.get("/fhir/Encounter?patient.identifier=\(Self.tolvan)").ids == [])
    #expect(try await clinic.get("/fhir/Condition?patient.identifier=\(Self.tolvan)").ids.count == 3)
  }

  @Test("A system sees the types that its line names, and no others")
  func rights() async throws {
    var account = SystemAccount("reader")
    account.tokens = [TokenHash(of: "t")]
    let pattern = try #require(MappingPattern("fhir/Encounter"))
    account.grants = Grants([.seeBodies: [pattern]])
    let clinic = try await clinic(access: Access([account]))
    let path = "?patient.identifier=\(Self.tolvan)"
    let token = "Authorization: Bearer t"
    #expect(try await clinic.get("/fhir/Encounter\(path)").status == 401)
    #expect(try await clinic.get("/fhir/Condition\(path)", "-H", token).status == 403)
    #expect(try await clinic.get("/fhir/Encounter\(path)", "-H", token).ids.count == 3)
    #expect(try clinic.logged().map(\.system) == ["reader"])
    #expect(try await clinic.get("/fhir/metadata", "-H", token).status == 200)
  }

  @Test(
    "Answers are R4 in the eyes of another implementation, as JSON and as XML",
    .enabled(if: FHIRPackage.isThere, "scripts/test makes the virtual environment"))
  func conformance() async throws {
    let clinic = try await clinic()
    let paths = [
      "/fhir/metadata", "/fhir/Encounter?patient.identifier=\(Self.tolvan)&_count=2", "/fhir/Teapot",
      "/fhir/Patient?identifier=\(Self.tolvan)", "/fhir/Encounter?patient=Patient/1",
    ]
    for path in paths {
      let json = try await clinic.get(path)
      let xml = try await clinic.get(path, "-H", "Accept: application/fhir+xml")
      #expect(json.status == xml.status)
      #expect(xml.head.contains("Content-Type: application/fhir+xml"))
      #expect(
        xml.text.contains("<\(json.json["resourceType"] as? String ?? "?") xmlns=\"http://hl7.org/fhir\""))
      let file = NSTemporaryDirectory() + UUID().uuidString
      try Data(json.body).write(to: URL(filePath: file + ".json"))
      try Data(xml.body).write(to: URL(filePath: file + ".xml"))
      #expect(try FHIRPackage.rewrite([file + ".json", file + ".xml"]) == "")
    }
  }
}
