import Formats
import Foundation
import Store
import TestRig
import Testing

@testable import Gateway

/// What was told before `store.yaml` had a search is found by it, once a gateway has looked at it.
struct HubReindexTests {
  @Test("A search that is added to the rules finds what was there before, and is indexed once")
  func added() async throws {
    let trial = try HubTrial()
    let merger = try HubTrial.merger()
    for number in 0..<3 {
      try await trial.take(
        HubMessage(id: "m-\(number)", time: Int64(number), visit: "V-\(number)").event, with: merger)
    }
    let before = try trial.store.materials(after: 0, limit: 100)
    // As a store of before the searches were there.
    let bare = before.map { material in
      HubChange.index(
        HubIndexing(id: material.resource.id, expected: material.revision, index: HubIndex()))
    }
    try await trial.apply(bare).get()
    #expect(try trial.ask("Encounter", values: [("identifier", ["V-1"])]).isEmpty)
    let served = ServedMappings(
      try HubTrial.library.get(), hubRulesVersion: [1], limits: .init(), since: 0)
    let worker = HubReindexWorker(CurrentMappings(served), trial.store, HubTrial.names)
    worker.start()
    #expect(try await comesTrue { try !trial.store.kept(in: "hub-index", after: "", limit: 1).isEmpty })
    worker.stop()
    #expect(try trial.ask("Encounter", values: [("identifier", ["V-1"])]).count == 1)
    let after = try trial.store.materials(after: 0, limit: 100)
    #expect(after.map(\.index) == before.map(\.index))
    #expect(try trial.store.kept(in: "hub-index", after: "", limit: 9).map(\.value) == [[1]])
  }
}
