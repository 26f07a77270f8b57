import Diagnostics
import Foundation
import Mapping
import Store
import Synchronization

/// Translates accepted messages on a thread of its own, in the order in which they came, each with the
/// mappings that are served when its turn comes.
///
/// What the queue has no room for, and what an earlier run left, is read back from the store.
final class TranslationWorker: Sendable {
  private struct State {
    var waiting: [NewMessage] = []
    /// Whether the store holds messages that are not in `waiting`.
    var hasMoreInStore = true
    var isStopped = false
  }

  private static let mostWaiting = 4096
  /// Milliseconds in which a page is surely translated.
  private static let lease: Int64 = 60_000

  private let current: CurrentMappings
  private let store: any MessageStore
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  init(_ current: CurrentMappings, _ store: any MessageStore) {
    self.current = current
    self.store = store
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-translate"
    thread.start()
  }

  /// Takes a message that is committed.
  func add(_ message: NewMessage) {
    let wasIdle = state.withLock { state in
      let wasIdle = state.waiting.isEmpty && !state.hasMoreInStore
      if state.waiting.count < Self.mostWaiting, !state.hasMoreInStore {
        state.waiting.append(message)
      } else {
        state.hasMoreInStore = true
      }
      return wasIdle
    }
    if wasIdle { wake.signal() }
  }

  /// Ends after the message at hand; the rest waits in the store.
  func stop() {
    state.withLock { $0.isStopped = true }
    wake.signal()
    done.wait()
  }

  private func run() {
    defer { done.signal() }
    while !state.withLock({ $0.isStopped }) {
      readBack()
      let batch = state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      for message in batch where !state.withLock({ $0.isStopped }) { translate(message) }
      if batch.isEmpty, !state.withLock({ $0.hasMoreInStore }) { wake.wait() }
    }
  }

  /// Translates what only the store has, page by page.
  private func readBack() {
    guard state.withLock({ $0.hasMoreInStore }) else { return }
    state.withLock { $0.hasMoreInStore = false }
    var last: String?
    while !state.withLock({ $0.isStopped }) {
      guard let page = try? store.takeUntranslated(after: last, lease: Self.lease, limit: 256),
        let end = page.last
      else { return }
      last = end.message.id
      for stored in page { translate(stored.message) }
    }
  }

  private func translate(_ message: NewMessage) {
    store.record(record(of: message)) { _ in }
  }

  private func record(of message: NewMessage) -> TranslationRecord {
    let served = current.served
    guard let entry = served.mappings[message.mapping] else {
      let near = NearNames.of(message.mapping, among: served.mappings.keys)
      let place = Place(file: message.mapping, line: 1, column: 1)
      return failed(
        message, [Diagnostic(.unknownMapping(name: message.mapping, near: near), at: place)], by: nil)
    }
    return served.translators.lend { translator in
      do throws(DiagnosticError) {
        try translator.read(message.body, as: entry.mapping, named: message.id, receipt: message.receipt)
        return TranslationRecord(id: message.id, state: .translated, mappingVersion: entry.version)
      } catch {
        return failed(message, error.diagnostics, by: entry.version)
      }
    }
  }

  private func failed(
    _ message: NewMessage, _ diagnostics: [Diagnostic], by version: String?
  ) -> TranslationRecord {
    let json = Array(JSONRenderer().render(diagnostics).utf8)
    return TranslationRecord(id: message.id, state: .failed, diagnostics: json, mappingVersion: version)
  }
}

extension NewMessage {
  /// What formulas may know of the receipt.
  var receipt: Receipt {
    Receipt(received: Timestamp.text(milliseconds: received), id: id)
  }
}
