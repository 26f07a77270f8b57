import Store
import Testing

/// Who told a resource is known, whether rows of its own say so or the resource's.
struct HubTellingTests {
  private let place = TemporaryPlace()
  private let visit = HubSample.key(1)

  private func told(_ store: any HubStore) throws -> [HubStatement] {
    try #require(try store.materials([visit]).resources[visit]).statements
  }

  private func said(_ time: Int64, by contributor: String = "visits platform") -> HubStatement {
    HubStatement(contributor: contributor, time: time, message: "m\(time)", content: nil)
  }

  private func confirmation(_ time: Int64, by contributor: String = "visits platform") -> HubChange {
    .confirm(
      HubConfirmation(
        id: visit, type: "Encounter", expected: 1, origin: HubSample.origin(time, by: contributor)))
  }

  @Test("What one contributor told alone is told by it, as the last version says", arguments: Engine.present)
  func alone(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.apply([HubSample.put(visit, time: 5)]).isDone)
    #expect(try told(store) == [said(5)])
    #expect(await store.apply([HubSample.put(visit, expected: 1, time: 7)]).isDone)
    #expect(try told(store) == [said(7)])
  }

  @Test("A later confirmation counts, an earlier one and a stranger's don't", arguments: Engine.present)
  func confirmed(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.apply([HubSample.put(visit, time: 5)]).isDone)
    #expect(await store.apply([confirmation(4), confirmation(9, by: "notes journal")]).isDone)
    #expect(try told(store) == [said(5)])
    #expect(try #require(try store.materials([visit]).resources[visit]).revision == 1)
    #expect(await store.apply([confirmation(8), confirmation(6), confirmation(9)]).isDone)
    #expect(try told(store) == [said(9)])
    let material = try #require(try store.materials([visit]).resources[visit])
    #expect(material.revision == 3 && material.resource.origin.time == 5)
    // The next version says by itself who told it.
    #expect(await store.apply([HubSample.put(visit, expected: 3, time: 10)]).isDone)
    #expect(try told(store) == [said(10)])
  }

  @Test("What nobody tells any more is told by nobody", arguments: Engine.present)
  func withdrawn(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.apply([HubSample.put(visit, time: 5)]).isDone)
    let gone = HubPut(
      id: visit, type: "Encounter", expected: 1, state: .withdrawn, origin: HubSample.origin(6), content: [],
      index: HubIndex(), statements: [])
    #expect(await store.apply([.put(gone)]).isDone)
    #expect(try told(store).isEmpty)
  }

  @Test("Two contributors are both known, and what each said", arguments: Engine.present)
  func two(engine: Engine) async throws {
    let store = try place.open(engine)
    let other = HubStatement(contributor: "notes journal", time: 3, message: "m3", content: [1])
    let both = HubPut(
      id: visit, type: "Encounter", expected: nil, state: .live, origin: HubSample.origin(5), content: [],
      index: HubIndex(), statements: [said(5), other])
    #expect(await store.apply([.put(both)]).isDone)
    #expect(try told(store) == [said(5), other])
    #expect(await store.apply([confirmation(8)]).isDone)
    #expect(try told(store) == [said(8), other])
  }
}

extension Result<Void, StoreError> {
  fileprivate var isDone: Bool { if case .success = self { true } else { false } }
}
