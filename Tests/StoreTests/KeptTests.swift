import Foundation
import Store
import Testing

/// What parts of the gateway remember.
struct KeptTests {
  private let place = TemporaryPlace()
  private let name = KeptEntry.Name(space: "a", key: "1")

  private func keep(
    _ changes: [KeptChange], with message: NewMessage? = nil, in store: any WholeStore
  ) async -> Result<Void, StoreError> {
    await withCheckedContinuation { waiter in
      store.keep(changes, with: message) { waiter.resume(returning: $0) }
    }
  }

  @Test(
    "A change is made by who knows how it stands; else nothing of it is, and no message comes of it",
    arguments: Engine.present)
  func stale(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    let other = KeptEntry.Name(space: "a", key: "2")
    try await keep([KeptChange(name, expected: nil, value: [1])], with: message("m1"), in: store).get()
    #expect(try store.kept(name)?.value == [1])
    #expect(try store.message("m1") != nil)
    let late = await keep(
      [KeptChange(other, expected: nil, value: [9]), KeptChange(name, expected: nil, value: [2])],
      with: message("m2"), in: store)
    guard case .failure(.stale) = late else { return #expect(Bool(false), "it was not stale") }
    #expect(try store.kept(other) == nil && store.message("m2") == nil && store.kept(name)?.value == [1])
    let taken = await keep([KeptChange(name, expected: 1, value: [3])], with: message("m1"), in: store)
    guard case .failure(.identifierTaken) = taken else { return #expect(Bool(false), "the id was free") }
    #expect(try store.kept(name)?.value == [1])
    try await keep([KeptChange(name, expected: 1, value: nil)], in: store).get()
    #expect(try store.kept(name) == nil)
  }

  @Test("Pages go through a space by its keys, and survive the store's closing", arguments: Engine.present)
  func pages(engine: Engine) async throws {
    let store = try place.open(engine)
    for key in ["3", "1", "2"] {
      let here = KeptEntry.Name(space: "b", key: key)
      try await keep([KeptChange(here, expected: nil, value: Array(key.utf8))], in: store).get()
    }
    try await keep([KeptChange(name, expected: nil, value: [])], in: store).get()
    store.close()
    let again = try place.open(engine)
    defer { again.close() }
    let first = try again.kept(in: "b", after: "", limit: 2)
    #expect(first.map(\.name.key) == ["1", "2"])
    #expect(try again.kept(in: "b", after: "2", limit: 2).map(\.name.key) == ["3"])
  }
}
