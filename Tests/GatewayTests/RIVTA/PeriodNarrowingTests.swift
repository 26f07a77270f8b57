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

  /// Visits with a time of their own, booked ones, ones that go on, and ones without any time.
  private func trial(_ chance: inout Seeded) async throws -> HubTrial {
    let trial = try HubTrial()
    for number in 0..<24 {
      let minute = Int64.random(in: 0...4320, using: &chance)
      var message = HubMessage(id: "m-\(number)", time: minute, visit: "V-\(number)")
      message.status = ["planned", "in-progress", "finished"].randomElement(using: &chance) ?? ""
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
      try await trial.take(message.event, with: try HubTrial.merger())
    }
    return trial
  }

  private func call(_ contract: RIVTAContract, _ period: String, _ served: ServedMappings) -> RIVTACall {
    let domain = "urn:riv:clinicalprocess:logistics:logistics"
    let document = """
      <r:GetCareContacts xmlns:r="\(domain):GetCareContactsResponder:3" xmlns:c="\(domain):3">\
      <r:patientId><c:id>191212121212</c:id><c:type>1.2.752.129.2.1.3.1</c:type></r:patientId>\
      \(period)</r:GetCareContacts>
      """
    let request = HTTPRequest(
      method: "POST", path: "/rivta/x", query: [], headers: [], body: [],
      peer: HTTPPeer(address: "127.0.0.1", isEncrypted: false, identity: .anonymous))
    return RIVTACall(
      contract: contract, logicalAddress: RIVTAAddress("SE-ALL", isOfAll: true),
      document: Array(document.utf8),
      consumer: .anybody, trip: RIVTATrip(request), actor: nil, served: served)
  }

  @Test("Over random visits and periods", arguments: 1...4 as ClosedRange<UInt64>)
  func same(_ seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    let trial = try await trial(&chance)
    let served = ServedMappings(
      try HubTrial.library.get(), contracts: try RIVTAContracts(folder: RepositoryFolder.path + "/Mappings"),
      limits: .init(), since: 0)
    let contract = try #require(served.contracts.all.first { $0.name == "GetCareContacts/3" })
    guard case .query(let narrow) = contract.binding else { return #expect(Bool(false), "it is a query") }
    #expect(narrow.narrow == "date")
    var wide = narrow
    wide.narrow = nil
    let hub = HubAnswering(
      records: PatientRecords(store: trial.store, names: HubTrial.names), checks: try AccessChecks([:]))
    var unchecked = contract
    unchecked.checks = []
    var found = 0
    for _ in 0..<30 {
      let ends = (0..<2).map { _ in Self.days.randomElement(using: &chance) ?? "" }.sorted()
      let period =
        "<r:datePeriod><c:start>\(ends[0])</c:start><c:end>\(ends[1])</c:end></r:datePeriod>"
      let call = call(unchecked, period, served)
      let answers = try await [hub.answer(call, narrow), hub.answer(call, wide)].map(\.document)
      let texts = answers.map { String(decoding: $0, as: UTF8.self) }
      #expect(texts[0] == texts[1], Comment(rawValue: period))
      found += texts[1].split(separator: "careContactHeader>").count / 2
    }
    #expect(found > 30)
  }
}
