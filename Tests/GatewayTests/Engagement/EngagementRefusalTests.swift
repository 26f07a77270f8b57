import Foundation
import Store
import Testing

@testable import Gateway

/// A visit that can't be told of is seen by a person, and nothing that the index was told goes because of it.
@Suite(.serialized)
final class EngagementRefusalTests {
  private let neighbour: EngagementNeighbour

  init() throws { neighbour = try EngagementNeighbour() }

  deinit { neighbour.end() }

  @Test("A visit that nobody answers for any more keeps its post, and is told of once until it is mended")
  func refused() async throws {
    let trial = try EngagementTrial(neighbour)
    try await trial.take(HubMessage(id: "m-1", time: 1))
    try trial.tell()
    let before = try trial.known()
    #expect(before.count == 1 && trial.refusals.isEmpty)
    try await trial.take(HubMessage(id: "m-2", time: 2, careGiver: ""))
    #expect(try trial.tell().isEmpty)
    #expect(try trial.known() == before)
    #expect(trial.refusals.map(\.codes) == ["SL0302"])
    #expect(trial.refusals.map(\.mapping) == ["engagement-index/care-contact-update"])
    // The same again is no news; other visits of the patient are told of all the same.
    try await trial.take(HubMessage(id: "m-3", time: 3, careGiver: ""))
    try await trial.take(HubMessage(id: "m-4", source: "OTHER", time: 4, visit: "V-2"))
    try trial.tell()
    #expect(try trial.known().count == 2)
    #expect(trial.refusals.count == 1)
    try await trial.take(HubMessage(id: "m-5", time: 5))
    try trial.tell()
    #expect(try trial.known().count == 2)
    let name = try #require(
      try trial.hub.store.kept(in: EngagementIndex.space, after: "", limit: 9).first?.name)
    #expect(try trial.hub.store.kept(.init(space: EngagementRefusal.space, key: name.key)) == nil)
    // Nothing is held back any longer.
    try await trial.take(HubMessage(id: "m-6", time: 6, status: "entered-in-error"))
    try trial.tell()
    #expect(try trial.known().count == 1)
  }

  @Test("What is marked is told of after a crash, and what is told of is marked no more")
  func marks() async throws {
    let trial = try EngagementTrial(neighbour)
    for number in 0..<5 {
      try await trial.take(HubMessage(id: "m-\(number)", time: Int64(number), visit: "V-\(number)"))
    }
    let store = trial.hub.store
    #expect(try store.kept(in: EngagementMarking.space, after: "", limit: 99).count == 6)
    // A crash between the Update's commit and the marks' going: they are looked at once more, and change nothing.
    try trial.index.update(
      try trial.index.patients(of: try store.materials(after: 0, limit: 9).map(\.resource.id)))
    #expect(try trial.tell().count == 1)
    #expect(try store.kept(in: EngagementMarking.space, after: "", limit: 99).isEmpty)
    #expect(try EngagementDue(index: trial.index).step() == false)
  }
}
