import Foundation
import Gateway
import Store
import TestRig
import Testing

/// The law of the hub: what it holds in the end does not depend on the order in which messages came.
struct HubOrderTests {
  /// Everything about a resource that later messages or searches could notice.
  private struct Fact: Hashable {
    let type: String
    let state: HubState
    let content: String
    let index: HubIndex
    let statements: Set<HubStatement>
  }

  private func message(_ number: Int, time: Int64, _ chance: inout Seeded) -> HubMessage {
    var message = HubMessage(id: "m\(number)", time: time)
    let contributors = [
      ("visiba/visit-event", "VISIBA"), ("visiba/visit-event", "VISIBA"), ("journal/event", "JOURNAL"),
      ("journal/mdm", "JOURNAL"), ("journal/adt", "JOURNAL"),
    ]
    (message.mapping, message.source) = contributors[Int.random(in: 0..<5, using: &chance)]
    let visit = Int.random(in: 1...2, using: &chance)
    message.visit = "V-\(visit)"
    message.patient = visit == 1 ? "191212121212" : "201212121212"
    let statuses = ["planned", "in-progress", "finished", "entered-in-error"]
    message.status = statuses.randomElement(using: &chance) ?? ""
    message.careUnit = "UNIT-\(Int.random(in: 1...2, using: &chance))"
    func perhaps(_ text: String) -> [String] { Bool.random(using: &chance) ? [text] : [] }
    message.person =
      perhaps(#""telecom": [{"system": "phone", "value": "\#(number)"}]"#)
      + perhaps(#""meta": {"security": [{"system": "s", "code": "R"}]}"#)
      + perhaps(#""birthDate": "1912-12-12", "_birthDate": {"id": "\#(number)"}"#)
    message.encounter =
      perhaps(#""period": {"start": "\#(HubMessage.stamp(time))"}"#)
      + perhaps(#""reasonCode": [{"text": "reason \#(number % 3)"}]"#)
      + perhaps(#""extension": [{"url": "u\#(number % 2)", "valueString": "\#(number)"}]"#)
    if Bool.random(using: &chance) {
      message.encounter.append(#""serviceProvider": {"reference": "Organization/unit"}"#)
      message.others.append(HubMessage.unit("Unit \(number % 2)"))
    }
    if Bool.random(using: &chance) {
      message.encounter.append(#""appointment": [{"reference": "Appointment/booking"}]"#)
      message.others.append(HubMessage.booking(status: "booked", start: Int64(number % 4)))
    }
    for diagnosis in 1...3 where Bool.random(using: &chance) {
      let id = diagnosis == 3 ? nil : "D-\(visit)-\(diagnosis)"
      message.others.append(
        HubMessage.diagnosis(id: id, code: "J0\(diagnosis == 3 ? 3 : number % 3)", number: diagnosis))
    }
    for procedure in 0..<Int.random(in: 0...2, using: &chance) {
      message.others.append(HubMessage.procedure(code: "Z1", number: procedure))
    }
    for note in 1...2 where Bool.random(using: &chance) {
      message.others.append(
        HubMessage.note(
          id: "N-\(visit)-\(note)", status: Bool.random(using: &chance) ? "current" : "entered-in-error",
          number: note))
    }
    return message
  }

  private func facts(_ store: SQLiteMessageStore) throws -> [HubKey: Fact] {
    var facts: [HubKey: Fact] = [:]
    for material in try store.materials(limit: 10_000) where material.resource.state != .withdrawn {
      let resource = material.resource
      facts[resource.id] = Fact(
        type: resource.type, state: resource.state,
        content: String(decoding: resource.content, as: UTF8.self), index: material.index,
        statements: Set(
          material.statements.map {
            HubStatement(
              contributor: $0.contributor, time: $0.time, message: $0.message,
              content: $0.content ?? resource.content)
          }))
    }
    return facts
  }

  @Test("Any order of the same messages leads to the same hub", arguments: 1...12 as ClosedRange<UInt64>)
  func order(seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    let times = (0..<14).map { Int64($0) }.shuffled(using: &chance)
    let events = times.enumerated().map { message($0, time: $1, &chance).event }
    let merger = try HubTrial.merger()
    var expected: [HubKey: Fact]?
    for _ in 0..<4 {
      let trial = try HubTrial()
      for event in events.shuffled(using: &chance) { try await trial.take(event, with: merger) }
      let found = try facts(trial.store)
      if let expected {
        for id in Set(found.keys).union(expected.keys) { #expect(found[id] == expected[id]) }
      }
      expected = expected ?? found
      #expect(found.count > 5)
    }
  }

  @Test("Messages that come again change nothing", arguments: 21...24 as ClosedRange<UInt64>)
  func again(seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    let events = (0..<10).map { message($0, time: Int64($0), &chance).event }
    let merger = try HubTrial.merger()
    let trial = try HubTrial()
    for event in events.shuffled(using: &chance) { try await trial.take(event, with: merger) }
    let before = try facts(trial.store)
    for event in events.shuffled(using: &chance) {
      let merge = try await trial.take(event, with: merger)
      #expect(merge.isVain)
    }
    #expect(try facts(trial.store) == before)
  }
}
