import Gateway
import Store
import Testing

/// One entry of the index serves those who know a value's system and those who don't (FHIR R4, 3.1.1.5.6).
struct HubDoorTests {
  private let trial: HubTrial
  private let merger: HubMerger

  init() throws {
    trial = try HubTrial()
    merger = try HubTrial.merger()
  }

  private func units(_ values: String...) throws -> Int {
    try trial.ask("Organization", values: [(name: "identifier", anyOf: values)]).count
  }

  @Test("An identifier is found by its value, with its system or without, and with no other system")
  func systems() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [HubMessage.unit("The unit")]
    try await trial.take(event.event, with: merger)
    #expect(try units("SE-UNIT") == 1)
    #expect(try units("\(HubMessage.hsa)|SE-UNIT") == 1)
    #expect(try units("urn:other|SE-UNIT") == 0)
    #expect(try units("|SE-UNIT") == 0)
    #expect(try units("UNIT") == 0)
    #expect(try units("urn:other|SE-UNIT", "\(HubMessage.hsa)|SE-UNIT", "SE-UNIT") == 1)
  }

  @Test("An identifier with bars is found like any other")
  func bars() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [HubMessage.unit("The unit", id: "SE|UNIT|7")]
    try await trial.take(event.event, with: merger)
    #expect(try units("SE|UNIT|7") == 1)
    #expect(try units("\(HubMessage.hsa)|SE|UNIT|7") == 1)
    #expect(try units("UNIT|7") == 0)
    #expect(try units("7") == 0)
    #expect(try units("urn:other|SE|UNIT|7") == 0)
  }

  @Test("Values of one number in two systems are told apart")
  func twoSystems() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [
      HubMessage.unit("The unit"),
      #"{"resourceType": "Organization", "id": "other", "identifier": [{"system": "urn:other", "value": "SE-UNIT"}]}"#,
    ]
    try await trial.take(event.event, with: merger)
    #expect(try units("SE-UNIT") == 2)
    #expect(try units("urn:other|SE-UNIT") == 1)
    #expect(try units("\(HubMessage.hsa)|SE-UNIT") == 1)
  }

  @Test("An identifier has one entry")
  func entries() async throws {
    var event = HubMessage(id: "a", time: 10)
    event.others = [HubMessage.unit("The unit")]
    try await trial.take(event.event, with: merger)
    let unit = try #require(
      try trial.ask("Organization", values: [(name: "identifier", anyOf: ["SE-UNIT"])]).first)
    let material = try #require(try trial.store.materials([unit.id], lists: []).resources[unit.id])
    #expect(material.index.entries.count == 1)
  }
}
