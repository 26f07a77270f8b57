import Store
import TestRig
import Testing

/// Searches find what looking at each resource finds, in the order that is promised.
struct HubSearchTests {
  private struct Resource {
    let id: HubKey
    let type: String
    let state: HubState
    let index: HubIndex
  }

  private static let types = ["Encounter", "Condition", "Provenance"]

  private func resource(_ number: Int, _ chance: inout Seeded) -> Resource {
    var index = HubIndex()
    if Int.random(in: 0..<10, using: &chance) > 0 { index.patient = patient(&chance) }
    index.entries = (0..<Int.random(in: 0...2, using: &chance)).map { _ in entry(&chance) }
    index.keys = (0..<Int.random(in: 0...3, using: &chance)).map { _ in key(&chance) }
    index.ranges = (0..<Int.random(in: 0...2, using: &chance)).map { _ in
      HubRange(name: HubSample.key(400 + Int.random(in: 0...1, using: &chance)), times: times(&chance))
    }
    return Resource(
      id: HubSample.key(10_000 + number), type: Self.types.randomElement(using: &chance) ?? "",
      state: HubState.allCases.randomElement(using: &chance) ?? .live, index: index)
  }

  private func patient(_ chance: inout Seeded) -> HubKey {
    HubSample.key(Int.random(in: 100...103, using: &chance))
  }
  private func entry(_ chance: inout Seeded) -> HubKey {
    HubSample.key(Int.random(in: 200...204, using: &chance))
  }
  private func key(_ chance: inout Seeded) -> HubKey {
    HubSample.key(Int.random(in: 300...304, using: &chance))
  }
  private func times(_ chance: inout Seeded) -> ClosedRange<Int64> {
    let start = Int64.random(in: 0...50, using: &chance)
    return start...(start + Int64.random(in: 0...20, using: &chance))
  }

  private func query(_ chance: inout Seeded) -> HubQuery {
    var query = HubQuery(
      under: (0...Int.random(in: 0...1, using: &chance)).map { _ in
        Bool.random(using: &chance) ? patient(&chance) : entry(&chance)
      })
    query.type = (Self.types + ["Patient"]).map { Optional($0) }.randomElement(using: &chance) ?? nil
    if Bool.random(using: &chance) { query.type = nil }
    query.groups = (0..<Int.random(in: 0...2, using: &chance)).map { _ in
      [key(&chance), Bool.random(using: &chance) ? key(&chance) : entry(&chance)]
    }
    if Int.random(in: 0...2, using: &chance) == 0 {
      query.ranges = [
        HubRange(name: HubSample.key(400 + Int.random(in: 0...1, using: &chance)), times: times(&chance))
      ]
    }
    if Int.random(in: 0...2, using: &chance) == 0 { query.span = times(&chance) }
    if Bool.random(using: &chance) { query.states = [.live] }
    return query
  }

  private func start(_ resource: Resource) -> (Int64, Int64) {
    let first = resource.index.ranges.first?.name
    let times = resource.index.ranges.filter { $0.name == first }.map(\.times)
    return (times.map(\.lowerBound).min() ?? Int64.min, times.map(\.upperBound).max() ?? Int64.min)
  }

  private func isWanted(_ resource: Resource, by query: HubQuery) -> Bool {
    let doors = resource.index.entries + (resource.index.patient.map { [$0] } ?? [])
    let span = start(resource)
    return query.under.contains(where: doors.contains) && query.states.contains(resource.state)
      && (query.type ?? resource.type) == resource.type
      && query.groups.allSatisfy {
        $0.contains { (resource.index.keys + resource.index.entries).contains($0) }
      }
      && query.ranges.allSatisfy { range in
        resource.index.ranges.contains { $0.name == range.name && $0.times.overlaps(range.times) }
      }
      && (query.span.map { span.0 <= $0.upperBound && span.1 >= $0.lowerBound } ?? true)
  }

  private func all(_ query: HubQuery, _ store: any HubStore, by limit: Int) throws -> [HubKey] {
    var found: [HubKey] = []
    var cursor: HubPage.Cursor?
    repeat {
      let page = try store.resources(matching: query, after: cursor, limit: limit)
      #expect(page.resources.count <= limit)
      found += page.resources.map(\.id)
      cursor = page.next.flatMap { HubPage.Cursor(text: $0.text) }
    } while cursor != nil
    return found
  }

  @Test("A search finds exactly what a look at every resource finds", arguments: Engine.present(seeds: 4))
  func exactness(engine: Engine, seed: Int) async throws {
    var chance = Seeded(seed: UInt64(seed + 1))
    let place = TemporaryPlace()
    let store = try place.open(engine)
    var resources: [HubKey: Resource] = [:]
    for number in 0..<150 {
      let made = resource(number, &chance)
      resources[made.id] = made
      let put = HubSample.put(made.id, type: made.type, state: made.state, index: made.index)
      _ = try await store.apply([put]).get()
    }
    // Some change, so that what found them before must not any more.
    for number in 0..<50 {
      let other = resource(number, &chance)
      let type = resources[other.id]?.type ?? ""
      resources[other.id] = Resource(id: other.id, type: type, state: other.state, index: other.index)
      let put = HubSample.put(other.id, type: type, expected: 1, state: other.state, index: other.index)
      _ = try await store.apply([put]).get()
    }
    for _ in 0..<150 {
      let query = query(&chance)
      let found = try all(query, store, by: Int.random(in: 1...9, using: &chance))
      let wanted = resources.values.filter { isWanted($0, by: query) }
      #expect(Set(found) == Set(wanted.map(\.id)))
      #expect(found.count == wanted.count)
      #expect(found == (try all(query, store, by: 1000)))
      guard query.type != nil else { continue }
      let starts = found.compactMap { resources[$0].map { start($0).0 } }
      #expect(starts == starts.sorted(by: >))
    }
    withExtendedLifetime(place) {}
  }
}
