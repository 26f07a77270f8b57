import CSQLite
import Foundation
import Store
import Synchronization
import Testing

@Suite("Deliveries endure", .serialized)
struct EnduringDeliveriesTests {
  let directory: TemporaryDirectory
  let place = TemporaryPlace()

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test("being opened again after every step", arguments: Engine.present)
  func reopening(engine: Engine) async throws {
    let numbers = try await reopened(engine) {
      try await $0.record(delivery("a"), delivery("b"), delivery("c"))
    }
    #expect(try await reopened(engine) { try $0.keys() } == ["a"])
    try await reopened(engine) { store in
      #expect(try store.keys() == ["a"])
      try await store.report(numbers[0], .retry(due: noon + 5, problem: "503", stepsAside: true), attempts: 2)
    }
    #expect(try await reopened(engine) { try $0.take(now: noon + 5).map(\.attempts) } == [0, 2])
    try await reopened(engine) { try await $0.report(numbers[1], .dead(problem: "400", holdsLane: true)) }
    #expect(try await reopened(engine) { try $0.keys(now: noon + 5) } == ["a"])
    let edit = DeliveryIntervention.replaceBody(contentType: "text/plain", bytes: [1])
    try await reopened(engine) { try await $0.intervene(edit, on: numbers[1]) }
    try await reopened(engine) { try await $0.intervene(.retry, on: numbers[1]) }
    #expect(try await reopened(engine) { try $0.take(now: noon + 20).map(\.body.edition) } == [0, 1])
    #expect(try await reopened(engine) { try await $0.drain(now: noon + 20) } == ["a", "b", "c"])
    #expect(try await reopened(engine) { try $0.deliveryCounts().first?.counts } == [.delivered: 3])
  }

  @Test("a crash: what was being sent is sent again, with the same key")
  func crash() async throws {
    let store = try SQLiteMessageStore(path: directory.store)
    for number in 0..<100 { try await store.record(delivery("k\(number)", lane: "l\(number % 10)")) }
    let taken = try store.take()
    for delivery in taken.prefix(4) { try await store.report(delivery.number, .delivered) }
    let copy = try TemporaryDirectory()
    for name in ["messages.sqlite", "messages.sqlite-wal"] {
      try FileManager.default.copyItem(atPath: "\(directory.path)/\(name)", toPath: "\(copy.path)/\(name)")
    }
    let revived = try SQLiteMessageStore(path: copy.store)
    #expect(try revived.deliveryCounts().first?.counts == [.waiting: 96, .delivered: 4])
    #expect(Set(try revived.keys()) == Set((4..<14).map { "k\($0)" }))
  }

  @Test("a full disk: nothing is recorded in halves, and what is taken stays so until it is reported")
  func full() async throws {
    var configuration = StoreConfiguration()
    configuration.maximumFileBytes = 800_000
    let store = try SQLiteMessageStore(path: directory.store, configuration: configuration)
    let huge = String(repeating: "x", count: 2_000_000)
    let numbers = try await store.record(delivery("a"), delivery("b"))
    _ = await store.accept(message("m"))
    let record = TranslationRecord(
      id: "m", state: .translated,
      deliveries: [delivery("c", target: "new"), delivery("d", target: "new", body: huge)])
    #expect(await store.record(record) == .failure(.failed(doing: "storing a delivery", code: SQLITE_FULL)))
    #expect(try store.untranslated(limit: 9).map(\.message.id) == ["m"])
    #expect(try store.deliveryCounts().map(\.target) == ["npo"])
    let due = try #require(try store.take().first)
    await #expect(throws: StoreError.failed(doing: "reporting a delivery", code: SQLITE_FULL)) {
      try await store.report(due.number, .dead(problem: huge))
    }
    #expect(try store.take().isEmpty)
    try await store.report(due.number, .delivered)
    await #expect(throws: StoreError.failed(doing: "editing a delivery", code: SQLITE_FULL)) {
      let edit = DeliveryIntervention.replaceBody(contentType: "text/plain", bytes: Array(huge.utf8))
      try await store.intervene(edit, on: numbers[1])
    }
    #expect(try await store.drain() == ["b"])
    try await store.record(delivery("e", target: "new"), of: "n")
    #expect(try await store.drain(of: "new") == ["e"])
    #expect(try store.deliveryCounts().map(\.counts) == [[.delivered: 1], [.delivered: 2]])
  }

  @Test(
    "many who write, send and intervene at once: each is delivered once, or dead or skipped",
    arguments: Engine.present)
  func everybodyAtOnce(engine: Engine) async throws {
    let store = try place.open(engine)
    let log = SendLog()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for number in 0..<100 {
            try await store.record(delivery("\(writer)/\(number)", lane: "l\(writer)-\(number % 3)"))
          }
        }
      }
      for person in 0..<2 {
        group.addTask {
          for number in 1...300 where number % 7 == person {
            _ = try? await store.intervene(.skip(reason: "x"), on: Int64(number))
          }
        }
      }
      for sender in 0..<4 {
        group.addTask {
          while try store.deliveryCounts().first?.total ?? 0 < 800 || store.nextDue(target: "npo") != nil {
            for due in try store.take(10) {
              log.add(due)
              try await store.report(
                due.number, (due.number + Int64(sender)) % 11 == 0 ? .dead(problem: "x") : .delivered)
            }
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
    let rest = try await store.drain()
    let count = try #require(try store.deliveryCounts().first)
    #expect(count.total == 800 && count.counts[.waiting] == nil)
    let all = log.lanes.withLock { $0 }
    #expect(all.values.allSatisfy { $0 == $0.sorted() && Set($0).count == $0.count })
    let ended = (count.counts[.delivered] ?? 0) + (count.counts[.dead] ?? 0)
    #expect(all.values.reduce(rest.count) { $0 + $1.count } == ended)
  }

  @Test("a closed store refuses, and completes", arguments: Engine.present)
  func closed(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"))
    store.close()
    #expect(throws: StoreError.closed) { try store.take() }
    await #expect(throws: StoreError.closed) { try await store.report(numbers[0], .delivered) }
    await #expect(throws: StoreError.closed) { try await store.intervene(.retry, on: numbers[0]) }
  }

  /// Does one thing with the store and closes it.
  @discardableResult
  private func reopened<Value>(
    _ engine: Engine, _ work: (any MessageStore & DeliveryStore) async throws -> Value
  ) async throws -> Value {
    let store = try place.open(engine)
    defer { store.close() }
    return try await work(store)
  }
}

/// What was sent, lane by lane, in this order.
final class SendLog: Sendable {
  let lanes = Mutex<[String: [Int64]]>([:])

  func add(_ due: DueDelivery) {
    lanes.withLock { $0[due.lane, default: []].append(due.number) }
  }
}

extension DeliveryCount {
  var total: Int { counts.values.reduce(0, +) }
}
