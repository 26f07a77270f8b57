import Diagnostics
import Foundation
import Formats
import Mapping
import Store
import Synchronization

@testable import Gateway

/// A hub, what keeps the index told of it, and a simulated index.
final class EngagementTrial {
  let hub: HubTrial
  let neighbour: EngagementNeighbour
  var index: EngagementIndex
  /// Updates that are committed and not delivered, in order.
  private let updates = Updates()
  /// In milliseconds since 1970.
  let now = Shared<Int64>(1_795_000_000_000)
  private let events = Shared<[EngagementEvent]>([])

  final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func withLock<Result: Sendable>(_ work: (inout Value) -> Result) -> Result {
      value.withLock { value in
        var copy = value
        defer { value = copy }
        return work(&copy)
      }
    }
  }

  var told: [EngagementEvent] { events.withLock { $0 } }

  /// The visits of which a person was told, with what was wrong.
  var refusals: [EngagementRefusal] {
    told.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
  }
  private let merger: HubMerger

  final class Updates: MessageFollower {
    private let waiting = Mutex<[NewMessage]>([])
    func announce(_ message: NewMessage) {}
    func settle(_ message: NewMessage, isStored: Bool) {
      if isStored, message.mapping == EngagementRules().update { waiting.withLock { $0.append(message) } }
    }
    func take() -> [NewMessage] {
      waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
    }
  }

  init(_ neighbour: EngagementNeighbour) throws {
    self.neighbour = neighbour
    hub = try HubTrial()
    merger = try HubTrial.merger()
    let served = ServedMappings(try HubTrial.library.get(), limits: ReadingLimits(), since: 0)
    let (now, events) = (now, events)
    index = EngagementIndex(
      current: CurrentMappings(served), store: hub.store, now: { now.withLock { $0 } },
      tell: { event in events.withLock { $0.append(event) } })
    hub.store.follow(updates)
    try neighbour.know([])
  }

  /// Takes a message in, as the translation's worker does.
  func take(_ message: HubMessage) async throws { try await take(message.event) }

  /// Likewise a document of one of the contracts.
  func take(_ document: String, as name: String) async throws {
    let library = try HubTrial.library.get()
    guard let mapping = library.mappings[name] else { throw StoreError.closed }
    let translator = Translator(library)
    let id = UUID().uuidString
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: id)
    try translator.read(Array(document.utf8), as: mapping, named: id, receipt: receipt)
    try await take(
      HubEvent(
        message: id, mapping: name, mappingVersion: "1", received: 1_795_000_000_000, bundle: translator.hub()
      ))
  }

  private func take(_ event: HubEvent) async throws {
    let stored = NewMessage(
      id: event.message, mapping: event.mapping, received: event.received, contentType: "x", body: [])
    _ = try await withCheckedThrowingContinuation { waiter in
      hub.store.accept(stored) { waiter.resume(with: $0) }
    }
    let merge = try merger.merge(event, over: hub.store)
    let record = TranslationRecord(
      id: event.message, state: .translated, hub: merge.changes,
      marks: EngagementMarking().marks(of: merge.changes))
    _ = try await withCheckedThrowingContinuation { waiter in
      hub.store.record([record]) { waiter.resume(with: $0) }
    }
  }

  /// Tells of all messages taken since, and returns the documents.
  @discardableResult
  func tell() throws -> [[UInt8]] {
    let due = EngagementDue(index: index)
    while try due.step() {}
    let documents = updates.take().map(\.body)
    for document in documents {
      var tries = 0
      while try !send(document), tries < 20 { tries += 1 }
    }
    return documents
  }

  private func send(_ document: [UInt8]) throws -> Bool {
    try neighbour.curl("POST", "/", SOAPEnvelope.around(document, for: EngagementNeighbour.owner)).status
      == 200
  }

  /// What FindContent answers, without its envelope.
  func ask(_ document: [UInt8]) throws -> [UInt8] {
    let answer = try neighbour.curl(
      "POST", "/", SOAPEnvelope.around(document, for: EngagementNeighbour.owner))
    let text = answer.text
    guard let start = text.range(of: "<r:FindContentResponse"), let end = text.range(of: "</s:Body>") else {
      throw StoreError.closed
    }
    return Array(text[start.lowerBound..<end.lowerBound].utf8)
  }

  /// The posts of the index in short: who, what kind, where, since when.
  func known() throws -> Set<String> {
    Set(
      try neighbour.state().posts.map { post in
        [
          "registeredResidentIdentification", "categorization", "logicalAddress", "dataController",
          "mostRecentContent",
        ]
        .map { post[$0] ?? "" }.joined(separator: " ")
      })
  }
}
