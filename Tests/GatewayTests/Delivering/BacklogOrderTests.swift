import Foundation
import Gateway
import TestRig
import Testing

/// Messages wait for each other only where it matters, and there they do.
@Suite("A backlog of few patients", .timeLimit(.minutes(60)))
struct BacklogOrderTests {
  // Targets that are not configured: what goes to them waits, and nothing else writes meanwhile.
  private static let ofEach = """
    routes:
      of-each:
        from: visiba/visit-event
        to: {journal: hub}
        order: = patient.identifier.where(use = 'official').value.first()

    """
  private static let ofAll = """
      of-all:
        from: visiba/visit-event
        to: {register: hub}
        order: = 'all'
    """

  private func withFolders(
    _ routes: String, _ body: (_ data: String, _ mappings: String) throws -> Void
  ) throws {
    let (data, mappings) = (try Backlog.data(), try Backlog.mappings(routes))
    defer { for folder in [data, mappings] { try? FileManager.default.removeItem(atPath: folder) } }
    try body(data, mappings)
  }

  @Test(
    "has the same deliveries as one that is translated one by one, each lane in the order in which they came",
    arguments: [ofEach, ofEach + ofAll])
  func order(routes: String) throws {
    let backlog = try Backlog(events: 150, patients: 7)
    try withFolders(routes) { data, mappings in
      try backlog.store(in: data)
      try backlog.run(data: data, mappings: mappings)
      let found = try backlog.deliveries(in: data)
      for (lane, deliveries) in Dictionary(grouping: found, by: { $0.target + $0.lane }) {
        #expect(deliveries.map(\.event) == deliveries.map(\.event).sorted(), "in \(lane)")
      }
      #expect(Set(found.map { $0.target + $0.lane }).count == (routes == Self.ofEach ? 7 : 8))
      let expected = try backlog.oneByOne(mappings: mappings)
      #expect(found.sorted() == expected.sorted())
    }
  }
}
