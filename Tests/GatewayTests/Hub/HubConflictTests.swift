import Foundation
import Gateway
import Store
import Testing

/// Several who write to one hub.
struct HubConflictTests {
  @Test("Who worked from what is no longer so is told, works it out anew, and nothing is lost")
  func conflict() async throws {
    let trial = try HubTrial()
    let (one, other) = (try HubTrial.merger(), try HubTrial.merger())
    var platform = HubMessage(id: "a", time: 10)
    platform.encounter = [#""reasonCode": [{"text": "cough"}]"#]
    var journal = HubMessage(id: "b", mapping: "journal/event", source: "JOURNAL", time: 20)
    journal.status = "finished"
    let first = try one.merge(platform.event, over: trial.store)
    let second = try other.merge(journal.event, over: trial.store)
    try await trial.apply(first.changes).get()
    await #expect(throws: StoreError.stale) { try await trial.apply(second.changes).get() }
    try await trial.take(journal.event, with: other)
    let visits = try trial.ask("Encounter", values: [(name: "identifier", anyOf: ["V-1"])])
    #expect(visits.count == 1)
    #expect(visits.first?.json["status"] as? String == "finished")
    #expect(visits.first?.json["reasonCode"] != nil)
  }

  @Test("Four writers of one visit and one unit come to the hub that one writer makes")
  func writers() async throws {
    let events = (0..<40).map { number in
      var message = HubMessage(id: "m\(number)", time: Int64(number))
      if number % 2 == 1 { (message.mapping, message.source) = ("journal/event", "JOURNAL") }
      message.encounter = [
        #""reasonCode": [{"text": "\#(number)"}], "serviceProvider": {"reference": "Organization/unit"}"#
      ]
      message.others = [
        HubMessage.unit("Unit \(number / 10)"), HubMessage.diagnosis(id: "D-\(number % 5)", code: "J06.9"),
      ]
      return message.event
    }
    let (alone, together) = (try HubTrial(), try HubTrial())
    let merger = try HubTrial.merger()
    for event in events { try await alone.take(event, with: merger) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let merger = try HubTrial.merger()
          for event in events.indices where event % 4 == writer {
            while true {
              let merge = try merger.merge(events[event], over: together.store)
              guard case .failure(let error) = await together.apply(merge.changes) else { break }
              #expect(error == .stale)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    func contents(_ trial: HubTrial) throws -> [HubKey: [UInt8]] {
      let live = try trial.store.materials(limit: 1000).map(\.resource).filter { $0.state != .withdrawn }
      return Dictionary(uniqueKeysWithValues: live.map { ($0.id, $0.content) })
    }
    #expect(try contents(together) == contents(alone))
  }
}
