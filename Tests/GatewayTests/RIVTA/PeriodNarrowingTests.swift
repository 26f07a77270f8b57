import Cryptography
import Formats
import Foundation
import Mapping
import Store
import TestRig
import Testing

@testable import Gateway
@testable import HTTP

/// A period that narrows the search in the hub finds the same as a look at all that the patient has.
struct PeriodNarrowingTests {
  private static let days = [
    "20260101", "20260131", "20260201", "20261118", "20261119", "20261120", "20261121", "20261231",
  ]

  /// A contract, and how it is asked.
  struct Asked: Sendable {
    let contract, domain, major, period: String
    var isByRoot = false
    /// An element that each record has once.
    let mark: String

    var interaction: String { String(contract.prefix { $0 != "/" }) }

    func document(_ start: String, _ end: String) -> String {
      let type = "1.2.752.129.2.1.3.1"
      let patient =
        isByRoot
        ? "<c:root>\(type)</c:root><c:extension>191212121212</c:extension>"
        : "<c:id>191212121212</c:id><c:type>\(type)</c:type>"
      return """
        <r:\(interaction) xmlns:r="\(domain):\(interaction)Responder:\(contract.suffix(1))" xmlns:c="\(domain):\(major)">\
        <r:patientId>\(patient)</r:patientId><r:\(period)><c:start>\(start)</c:start><c:end>\(end)</c:end></r:\(period)>\
        </r:\(interaction)>
        """
    }
  }

  private static let logistics = "urn:riv:clinicalprocess:logistics:logistics"
  private static let description = "urn:riv:clinicalprocess:healthcond:description"
  static let asked = [
    Asked(
      contract: "GetCareContacts/3", domain: logistics, major: "3", period: "datePeriod",
      mark: "careContactHeader>"),
    Asked(
      contract: "GetCareContacts/2", domain: logistics, major: "2", period: "timePeriod",
      mark: "careContactHeader>"),
    Asked(
      contract: "GetCareDocumentation/3", domain: description, major: "3", period: "datePeriod",
      isByRoot: true, mark: "accessControlHeader>"),
    Asked(
      contract: "GetCareDocumentation/2", domain: description, major: "2", period: "timePeriod",
      mark: "careDocumentationHeader>"),
    Asked(
      contract: "GetDiagnosis/2", domain: description, major: "2", period: "timePeriod",
      mark: "diagnosisHeader>"),
  ]

  /// Visits with a time of their own, booked ones, ones that go on, and ones without any time; with notes and
  /// diagnoses that tell times of their own, or none.
  private func trial(_ chance: inout Seeded, _ statuses: [String]) async throws -> HubTrial {
    let trial = try HubTrial()
    for number in 0..<24 {
      let minute = Int64.random(in: 0...4320, using: &chance)
      var message = HubMessage(id: "m-\(number)", time: minute, visit: "V-\(number)")
      message.mapping = "journal/event"
      message.status = statuses.randomElement(using: &chance) ?? ""
      let begin = HubMessage.stamp(Int64.random(in: 0...4320, using: &chance))
      switch Int.random(in: 0..<4, using: &chance) {
      case 0: message.encounter = [#""period": {"start": "\#(begin)"}"#]
      case 1: message.encounter = [#""period": {"start": "\#(begin)", "end": "2026-11-23T12:00:00Z"}"#]
      case 2:
        message.encounter = [#""appointment": [{"reference": "Appointment/booking"}]"#]
        message.others = [
          HubMessage.booking(status: "booked", start: Int64.random(in: 0...4320, using: &chance))
        ]
      default: break
      }
      message.encounter += Self.staff
      message.others += [HubMessage.unit("Enhet"), Self.role]
      message.others += note(number, &chance) + diagnosis(number, &chance)
      try await trial.take(message.event, with: try HubTrial.merger())
    }
    return trial
  }

  /// Whom GetCareContacts 2.0 demands.
  private static let staff = [
    #""serviceProvider": {"reference": "Organization/unit", "identifier": {"system": "\#(HubMessage.hsa)", "value": "SE-UNIT"}, "display": "Enhet"}"#,
    #""participant": [{"type": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF"}]}], "individual": {"reference": "PractitionerRole/role"}}]"#,
  ]
  private static let role =
    #"{"resourceType": "PractitionerRole", "id": "role", "identifier": [{"system": "\#(HubMessage.hsa)", "value": "SE-DOCTOR"}], "practitioner": {"display": "Doktor Test"}, "organization": {"reference": "Organization/unit", "identifier": {"system": "\#(HubMessage.hsa)", "value": "SE-UNIT"}, "display": "Enhet"}}"#

  private func note(_ number: Int, _ chance: inout Seeded) -> [String] {
    var members = [
      #""resourceType": "DocumentReference", "id": "note", "status": "current", "docStatus": "final""#,
      #""masterIdentifier": {"system": "\#(HubMessage.hsa)", "value": "N-\#(number)"}"#,
      #""type": {"coding": [{"system": "urn:oid:1.2.752.129.2.2.2.11", "code": "utr", "display": "Utredning"}]}"#,
      #""subject": {"reference": "Patient/patient"}, "context": {"encounter": [{"reference": "Encounter/visit"}]}"#,
      #""content": [{"attachment": {"contentType": "text/plain; charset=utf-8", "data": "TcOlciBicmE="}}]"#,
    ]
    if Bool.random(using: &chance) { members.append(#""date": "\#(moment(&chance))""#) }
    if Bool.random(using: &chance) { members.append(#""author": [{"display": "Doktor Test"}]"#) }
    var extensions: [String] = []
    for url in ["author-time", "signature-time"] where Int.random(in: 0..<4, using: &chance) == 0 {
      extensions.append(#"{"url": "urn:sluss:extension:\#(url)", "valueInstant": "\#(moment(&chance))"}"#)
    }
    if Int.random(in: 0..<4, using: &chance) == 0 {
      let number = #"{"system": "\#(HubMessage.personnummer)", "value": "191212121212"}"#
      extensions.append(
        #"{"url": "https://fhir.inera.se/StructureDefinition/dissenting-opinion", "extension": [{"url": "authorTime", "valueDateTime": "\#(moment(&chance))"}, {"url": "opinion", "valueString": "Nej."}, {"url": "personId", "valueIdentifier": \#(number)}, {"url": "personName", "valueString": "Tolvan"}]}"#
      )
    }
    if !extensions.isEmpty { members.append(#""extension": [\#(extensions.joined(separator: ", "))]"#) }
    let note = "{\(members.joined(separator: ", "))}"
    return [note] + origin(of: "DocumentReference/note", &chance)
  }

  private func diagnosis(_ number: Int, _ chance: inout Seeded) -> [String] {
    var members = [
      #""resourceType": "Condition", "id": "diagnosis", "identifier": [{"value": "D-\#(number)"}]"#,
      #""verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]}"#,
      #""category": [{"coding": [{"system": "https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk/kv_diagnostyp", "code": "HD"}]}]"#,
      #""code": {"coding": [{"system": "urn:oid:1.2.752.116.1.1.1.1.3", "code": "J06.\#(number % 10)", "display": "Infektion"}]}"#,
      #""subject": {"reference": "Patient/patient"}, "encounter": {"reference": "Encounter/visit"}"#,
    ]
    switch Int.random(in: 0..<3, using: &chance) {
    case 0: members.append(#""recordedDate": "\#(moment(&chance))""#)
    case 1: members.append(#""recordedDate": "\#(moment(&chance).prefix(10))""#)
    default: break
    }
    if Bool.random(using: &chance) { members.append(#""onsetDateTime": "\#(moment(&chance))""#) }
    return ["{\(members.joined(separator: ", "))}"] + origin(of: "Condition/diagnosis", &chance)
  }

  /// Who answers for a record, and when that was recorded; or nothing, as often.
  private func origin(of target: String, _ chance: inout Seeded) -> [String] {
    guard Bool.random(using: &chance) else { return [] }
    let agents = [("author", "UNIT-1"), ("custodian", "GIVER-1")].map { role, unit in
      #"{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "\#(role)"}]}, "who": {"identifier": {"system": "\#(HubMessage.hsa)", "value": "\#(unit)"}}}"#
    }
    return [
      #"{"resourceType": "Provenance", "id": "\#(target.prefix(4))-origin", "target": [{"reference": "\#(target)"}], "recorded": "\#(moment(&chance))", "agent": [\#(agents.joined(separator: ", "))]}"#
    ]
  }

  private func moment(_ chance: inout Seeded) -> String {
    HubMessage.stamp(Int64.random(in: 0...4320, using: &chance))
  }

  // MARK: asking

  private func call(_ contract: RIVTAContract, _ document: String, _ served: ServedMappings) -> RIVTACall {
    let request = HTTPRequest(
      method: "POST", path: "/rivta/x", query: [], headers: [], body: [],
      peer: HTTPPeer(address: "127.0.0.1", isEncrypted: false, identity: .anonymous))
    return RIVTACall(
      contract: contract, logicalAddress: RIVTAAddress("SE-ALL", isOfAll: true),
      document: Array(document.utf8),
      consumer: .anybody, trip: RIVTATrip(request), actor: nil, served: served)
  }

  private static let served = Result {
    ServedMappings(
      try HubTrial.library.get(), contracts: try RIVTAContracts(folder: RepositoryFolder.path + "/Mappings"),
      limits: .init(), since: 0)
  }

  /// What is answered, without the ids that each answer has of its own.
  private func plain(_ answer: RIVTAAnswer) -> String {
    String(decoding: answer.document, as: UTF8.self).replacing(/<[^>]*logId>[^<]*</, with: "")
  }

  @Test("Over random records and periods, of each contract", arguments: asked, 1...2 as ClosedRange<UInt64>)
  func same(_ asked: Asked, _ seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    // 2.0 tells a planned visit without its end, as one that goes on; the hub knows better that it does not.
    let statuses = (asked.contract == "GetCareContacts/2" ? [] : ["planned"]) + ["in-progress", "finished"]
    let trial = try await trial(&chance, statuses)
    let served = try Self.served.get()
    var contract = try #require(served.contracts.all.first { $0.name == asked.contract })
    contract.checks = []
    guard case .query(let narrow) = contract.binding else { throw CancellationError() }
    #expect(!narrow.narrow.isEmpty)
    var wide = narrow
    wide.narrow = []
    let hub = HubAnswering(
      records: PatientRecords(store: trial.store, names: HubTrial.names), checks: try AccessChecks([:]))
    var found = 0
    for _ in 0..<10 {
      let ends = (0..<2).map { _ in Self.days.randomElement(using: &chance) ?? "" }.sorted()
      let call = call(contract, asked.document(ends[0], ends[1]), served)
      let answers = try await [plain(hub.answer(call, narrow)), plain(hub.answer(call, wide))]
      #expect(answers[0] == answers[1], Comment(rawValue: "\(ends)"))
      found += answers[1].split(separator: asked.mark).count / 2
    }
    #expect(found > 10)
  }

  @Test("What the days exclude is not read", arguments: asked)
  func unread(_ asked: Asked) async throws {
    let trial = try await TestRecords.trial()
    let served = try Self.served.get()
    let contract = try #require(served.contracts.all.first { $0.name == asked.contract })
    guard case .query(let query) = contract.binding else { throw CancellationError() }
    let records = PatientRecords(store: trial.store, names: HubTrial.names)
    var question = try #require(RecordQuestion(Array(#"{"resourceType":"Bundle"}"#.utf8)))
    question.patient = ("http://electronichealth.se/identifier/personnummer", "191212121212")
    let all = try records.resources(of: question, query, in: served.library)
    (question.start, question.end) = ("20260201", "20260201")
    let found = try records.resources(of: question, query, in: served.library)
    let kind = try #require(query.resources.first)
    #expect(all.count { $0.type == kind } == 6 && found.count { $0.type == kind } == 1)
  }
}
