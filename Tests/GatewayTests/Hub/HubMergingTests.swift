import Foundation
import Gateway
import Store
import Testing

/// What messages make of that which is known.
struct HubMergingTests {
  private let trial: HubTrial
  private let merger: HubMerger
  private let patient: HubKey

  init() throws {
    trial = try HubTrial()
    merger = try HubTrial.merger()
    patient = HubTrial.names.resource("Patient", "\(HubMessage.personnummer)|191212121212")
  }

  @discardableResult
  private func take(_ message: HubMessage) async throws -> HubMerge {
    try await trial.take(message.event, with: merger)
  }

  private func kinds(_ merge: HubMerge, _ type: String) -> [String] {
    merge.changes.compactMap { change in
      switch change {
      case .put(let put): put.type == type ? "put" : nil
      case .confirm(let confirmation): confirmation.type == type ? "confirm" : nil
      case .ignore(let ignored): ignored.type == type ? ignored.reason.rawValue : nil
      case .list, .index: nil
      }
    }
  }

  @Test("Two systems tell of one visit: each adds what it knows, and of the same element the later counts")
  func twoSources() async throws {
    var platform = HubMessage(id: "a", time: 10)
    platform.encounter = [#""reasonCode": [{"text": "cough"}]"#]
    platform.others = [HubMessage.diagnosis(id: "D-1", code: "J06.9")]
    try await take(platform)
    var journal = HubMessage(id: "b", mapping: "journal/event", source: "JOURNAL", time: 20)
    journal.status = "finished"
    journal.encounter = [#""period": {"start": "\#(HubMessage.stamp(5))"}"#]
    journal.others = [HubMessage.note(id: "N-1")]
    let merge = try await take(journal)
    let visit = try #require(try trial.ask("Encounter", patient: patient).first)
    #expect(visit.version == 2)
    #expect(visit.json["status"] as? String == "finished")
    #expect(visit.json["reasonCode"] != nil)
    #expect(visit.json["period"] != nil)
    // Deliveries are made from all that is known of the visit.
    #expect(merge.resources.first?["resourceType"] as? String == "Patient")
    #expect(merge.resources("Condition").count == 1)
    #expect(merge.resources("DocumentReference").count == 1)
    #expect(merge.resources("Provenance").count == 2)
    // Each system's statement stands for itself: what the journal takes back, the platform still says.
    var again = HubMessage(id: "c", mapping: "journal/event", source: "JOURNAL", time: 30)
    again.status = "in-progress"
    try await take(again)
    let last = try #require(try trial.ask("Encounter", patient: patient).first)
    #expect(last.json["period"] == nil)
    #expect(last.json["reasonCode"] != nil)
    #expect(try trial.store.history(of: visit.id).map(\.origin.message) == ["a", "b", "c"])
  }

  @Test("A mention of a visit does not say how far it has come where others know")
  func mentions() async throws {
    var journal = HubMessage(id: "a", mapping: "journal/event", source: "JOURNAL", time: 10)
    journal.status = "finished"
    try await take(journal)
    var note = HubMessage(id: "b", mapping: "journal/mdm", source: "JOURNAL", time: 20)
    note.encounter = [#""reasonCode": [{"text": "cough"}]"#]
    note.others = [HubMessage.note(id: "N-1")]
    try await take(note)
    let visit = try #require(try trial.ask("Encounter", patient: patient).first)
    #expect(visit.json["status"] as? String == "finished")
    #expect(visit.json["reasonCode"] != nil)
  }

  @Test("An older event than the one that is known is told in vain, and its trace says so")
  func stale() async throws {
    try await take(HubMessage(id: "a", time: 20))
    var late = HubMessage(id: "b", time: 10)
    late.status = "planned"
    let merge = try await take(late)
    #expect(kinds(merge, "Encounter") == ["stale"])
    #expect(merge.time == HubMessage.start + 600_000)
    let visit = try #require(try trial.ask("Encounter", patient: patient).first)
    #expect(visit.json["status"] as? String == "in-progress")
    #expect(visit.version == 1)
    // What is known goes out, not what was told in vain.
    #expect(merge.resources("Encounter").first?["status"] as? String == "in-progress")
  }

  @Test("What a system no longer lists is withdrawn, unless another tells it")
  func lists() async throws {
    var first = HubMessage(id: "a", time: 10)
    first.others = [
      HubMessage.diagnosis(id: "D-1", code: "J06.9", number: 1),
      HubMessage.diagnosis(id: nil, code: "R05.9", number: 2),
    ]
    try await take(first)
    var journal = HubMessage(id: "b", mapping: "journal/event", source: "JOURNAL", time: 11)
    journal.others = [HubMessage.diagnosis(id: nil, code: "R05.9")]
    try await take(journal)
    #expect(try trial.ask("Condition", patient: patient).count == 2)
    var second = HubMessage(id: "c", time: 20)
    second.others = [HubMessage.diagnosis(id: "D-3", code: "J20.9")]
    let merge = try await take(second)
    let codes = try trial.ask("Condition", patient: patient, values: [(name: "code", anyOf: ["J06.9"])])
    #expect(codes.isEmpty)
    #expect(try trial.ask("Condition", patient: patient).count == 2)
    #expect(merge.resources("Condition").count == 2)
    // Nothing told of a list is no empty list.
    try await take(HubMessage(id: "d", time: 30))
    #expect(try trial.ask("Condition", patient: patient).count == 2)
    // A late event before the list brings nothing back.
    var late = HubMessage(id: "e", time: 15)
    late.others = [HubMessage.diagnosis(id: "D-4", code: "J00.9")]
    #expect(kinds(try await take(late), "Condition") == ["delisted"])
  }

  @Test("What was never right is marked, and still found")
  func nullification() async throws {
    var note = HubMessage(id: "a", time: 10)
    note.others = [HubMessage.note(id: "N-1")]
    try await take(note)
    note.id = "b"
    note.time = 20
    note.others = [HubMessage.note(id: "N-1", status: "entered-in-error")]
    try await take(note)
    let found = try trial.ask("DocumentReference", patient: patient)
    #expect(found.map(\.state) == [.nullified])
    note.id = "c"
    note.time = 15
    note.others = [HubMessage.note(id: "N-1")]
    #expect(kinds(try await take(note), "DocumentReference") == ["stale"])
    #expect(try trial.ask("DocumentReference", patient: patient).map(\.state) == [.nullified])
  }

  @Test("What is told again is confirmed without a version, and its newer time counts")
  func confirmation() async throws {
    var first = HubMessage(id: "a", time: 10)
    first.others = [HubMessage.unit("Unit A")]
    first.encounter = [#""serviceProvider": {"reference": "Organization/unit"}"#]
    try await take(first)
    var again = first
    (again.id, again.time, again.visit) = ("b", 30, "V-2")
    #expect(kinds(try await take(again), "Organization") == ["confirm"])
    var between = first
    (between.id, between.time, between.visit) = ("c", 20, "V-3")
    between.others = [HubMessage.unit("Unit B")]
    #expect(kinds(try await take(between), "Organization") == ["stale"])
  }

  @Test("A booking without an id is the one of the visit that names it, and the visit is found at its time")
  func booking() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.status = "planned"
    event.encounter = [#""appointment": [{"reference": "Appointment/booking"}]"#]
    event.others = [HubMessage.booking(status: "booked", start: 100)]
    try await take(event)
    let day = (HubMessage.start + 100 * 60_000)...(HubMessage.start + 101 * 60_000)
    #expect(try trial.ask("Encounter", patient: patient, times: [(name: "date", within: day)]).count == 1)
    (event.id, event.time) = ("b", 20)
    event.others = [HubMessage.booking(status: "booked", start: 500)]
    try await take(event)
    #expect(try trial.ask("Appointment", patient: patient).count == 1)
    #expect(try trial.ask("Encounter", patient: patient, times: [(name: "date", within: day)]).isEmpty)
    let key = HubTrial.names.resource("Appointment", "urn:sluss:visiba:visit|V-1")
    #expect(try trial.store.materials([key]).resources.count == 1)
  }

  @Test("Visits and what is part of them are found by the care unit that answers for them")
  func careUnit() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [HubMessage.diagnosis(id: "D-1", code: "J06.9")]
    try await take(event)
    func found(_ type: String, _ unit: String) throws -> Int {
      try trial.ask(type, patient: patient, values: [(name: "care-unit", anyOf: ["X", unit])]).count
    }
    #expect(try found("Encounter", "UNIT-1") == 1)
    #expect(try found("Condition", "\(HubMessage.hsa)|UNIT-1") == 1)
    #expect(try found("Condition", "UNIT-2") == 0)
    var moved = HubMessage(id: "b", time: 20)
    moved.careUnit = "UNIT-2"
    try await take(moved)
    #expect(try found("Encounter", "UNIT-1") == 0)
    #expect(try found("Condition", "UNIT-2") == 1)
  }

  @Test("A message that a mended mapping translates anew replaces what it told")
  func mended() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [HubMessage.diagnosis(id: "D-1", code: "J06.9"), HubMessage.note(id: "N-1")]
    try await take(event)
    event.careUnit = "UNIT-2"
    event.others = [HubMessage.diagnosis(id: "D-2", code: "J06.9"), HubMessage.note(id: "N-1")]
    let merge = try await take(event)
    #expect(kinds(merge, "Encounter") == ["repeated"])
    #expect(kinds(merge, "DocumentReference") == ["repeated"])
    let unit = [(name: "care-unit", anyOf: ["UNIT-2"])]
    #expect(try trial.ask("Encounter", patient: patient, values: unit).count == 1)
    #expect(try trial.ask("DocumentReference", patient: patient, values: unit).count == 1)
    let diagnoses = try trial.ask("Condition", patient: patient)
    #expect(diagnoses.map { ($0.json["identifier"] as? [[String: String]])?.first?["value"] } == ["D-2"])
  }

  @Test("Neither names nor numbers of patients stand in what the store searches")
  func pseudonyms() async throws {
    try await take(HubMessage(id: "a", time: 10))
    let found = try trial.ask(
      "Patient", values: [(name: "identifier", anyOf: ["\(HubMessage.personnummer)|191212121212"])])
    #expect(found.map(\.id) == [patient])
    let other = HubPseudonyms(key: Array("another key, which finds nothing!".utf8))
    #expect(other.resource("Patient", "\(HubMessage.personnummer)|191212121212") != patient)
  }

  @Test("A question in unknown names, or about all patients, is refused")
  func refusal() throws {
    #expect(throws: HubQuestion.Fault.unknownType("Encunter", near: ["Encounter"])) {
      try trial.ask("Encunter")
    }
    #expect(throws: HubQuestion.Fault.unknownName("statis", near: ["status"])) {
      try trial.ask("Encounter", patient: patient, values: [(name: "statis", anyOf: ["planned"])])
    }
    #expect(throws: HubQuestion.Fault.needsPatient) {
      try trial.ask("Encounter", values: [(name: "status", anyOf: ["planned"])])
    }
  }
}
