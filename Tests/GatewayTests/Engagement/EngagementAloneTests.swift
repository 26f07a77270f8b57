import Foundation
import Store
import Testing

@testable import Gateway

/// Notes and diagnoses that belong to no visit are told to the engagement index, too.
@Suite(.serialized)
final class EngagementAloneTests {
  private let neighbour: EngagementNeighbour

  init() throws { neighbour = try EngagementNeighbour() }

  deinit { neighbour.end() }

  private func tell(_ trial: EngagementTrial, _ records: [TestRecords.Record], _ mappings: Set<String>)
    async throws
  {
    for record in records {
      for (mapping, document) in TestRecords.documents(record) where mappings.contains(mapping) {
        try await trial.take(document, as: mapping)
      }
    }
    try trial.tell()
  }

  @Test("What is told outside visits is told to the index, with the newest of its kind, and taken back again")
  func alone() async throws {
    let trial = try EngagementTrial(neighbour)
    let kinds: Set = ["npo/care-documentation", "npo/diagnosis"]
    try await tell(trial, [.init(id: "K-1", time: "20260101120000")], kinds)
    let who = "SE-SYSTEM-1 SE-GIVER-1"
    #expect(
      try trial.known() == [
        "191212121212 voo \(who) 20260101120000", "191212121212 dia \(who) 20260101120000",
      ])
    try await tell(
      trial,
      [
        .init(id: "K-2", time: "20260201120000"),
        .init(id: "K-3", giver: "SE-GIVER-2", time: "20260115120000"),
      ],
      ["npo/care-documentation"])
    #expect(
      try trial.known() == [
        "191212121212 voo \(who) 20260201120000", "191212121212 dia \(who) 20260101120000",
        "191212121212 voo SE-SYSTEM-1 SE-GIVER-2 20260115120000",
      ])
    // What its source takes back: the note and the diagnosis of one, both notes of the other care giver's.
    for id in ["K-1", "K-3"] { try await TestRecords.nullify(id, in: trial.hub) }
    let patients = try trial.hub.store.materials(after: 0, limit: 100).map(\.resource)
      .filter { $0.type == "Patient" }.map(\.id)
    _ = try trial.index.update(Set(patients))
    try trial.tell()
    #expect(try trial.known() == ["191212121212 voo \(who) 20260201120000"])
    #expect(trial.refusals.isEmpty)
  }

  @Test("A note of a visit is told with its visit, and not once more by itself")
  func ofVisit() async throws {
    let trial = try EngagementTrial(neighbour)
    var message = HubMessage(id: "m-1", time: 5)
    message.others = [HubMessage.note(id: "N-1")]
    try await trial.take(message)
    try trial.tell()
    let known = try trial.known()
    #expect(known.count == 2 && known.allSatisfy { $0.contains("VISIBA GIVER-1") })
    #expect(trial.refusals.isEmpty)
  }
}
