import Diagnostics
import Mapping
import Store
import Synchronization

/// Works out all that comes of messages, with the mappings that are served when a message's turn comes.
final class MessageTranslation: Sendable {
  /// Handed from thread to thread, never shared: only who has taken it out uses it.
  private struct Held: @unchecked Sendable {
    let processor: MessageProcessor
  }

  let current: CurrentMappings
  let pseudonyms: Pseudonyms
  private let store: any WholeStore
  private let auditing: Auditing?
  private let now: @Sendable () -> Int64
  private let marking: EngagementMarking?
  private let idle = Mutex<[Held]>([])

  init(
    _ current: CurrentMappings, _ store: any WholeStore, _ pseudonyms: Pseudonyms, _ auditing: Auditing?,
    marking: EngagementMarking? = nil, now: @escaping @Sendable () -> Int64 = Timestamp.now
  ) {
    self.current = current
    self.store = store
    self.marking = marking
    self.pseudonyms = pseudonyms
    self.auditing = auditing
    self.now = now
  }

  /// Works one message out; it is stored by whoever asks.
  /// - Throws: when the store can't be read.
  func translate(_ message: NewMessage) throws(StoreError) -> TranslatedMessage {
    let begun = ContinuousClock.now
    let (record, footprint, codes) = try record(of: message)
    let duration = ContinuousClock.now - begun
    return TranslatedMessage(
      message: message, record: record, footprint: footprint, codes: codes, duration: duration)
  }

  /// To be called after storing failed as `staleAuditKey`: a patient was erased meanwhile.
  func renewKeys() { auditing?.renewKeys() }

  private func record(
    of message: NewMessage
  ) throws(StoreError) -> (TranslationRecord, Footprint, codes: String) {
    let served = current.served
    guard let entry = served.mappings[message.mapping] else {
      let near = NearNames.of(message.mapping, among: served.mappings.keys)
      let place = Place(file: message.mapping, line: 1, column: 1)
      return failed(
        message, [Diagnostic(.unknownMapping(name: message.mapping, near: near), at: place)], by: nil)
    }
    guard !message.isLost else {
      let place = Place(file: message.mapping, line: 1, column: 1)
      return failed(message, [Diagnostic(.contentKeyMissing, at: place)], by: entry.version)
    }
    let held = take(served)
    defer { idle.withLock { $0.append(held) } }
    do throws(ProcessingFailure) {
      var (record, noted) = try held.processor.record(of: message, as: entry, at: now())
      record.marks = marking?.marks(of: record.hub) ?? []
      return (record, Footprint(record), noted.isEmpty ? "" : DiagnosticError(noted).codes)
    } catch {
      switch error {
      case .store(let error): throw error
      case .problems(let error, let changes):
        return failed(message, error.diagnostics, by: entry.version, telling: changes)
      }
    }
  }

  /// Those of mappings that are no longer served go.
  private func take(_ served: ServedMappings) -> Held {
    let held = idle.withLock { idle in
      idle.removeAll { $0.processor.served !== served }
      return idle.popLast()
    }
    return held ?? Held(processor: MessageProcessor(served, store, pseudonyms, auditing))
  }

  private func failed(
    _ message: NewMessage, _ diagnostics: [Diagnostic], by version: String?, telling changes: [HubChange] = []
  ) -> (TranslationRecord, Footprint, codes: String) {
    let json = Array(JSONRenderer().render(diagnostics).utf8)
    let record = TranslationRecord(id: message.id, state: .failed, diagnostics: json, mappingVersion: version)
    return (record, Footprint(told: changes), DiagnosticError(diagnostics).codes)
  }
}

/// A message and what came of it.
struct TranslatedMessage: Sendable {
  let message: NewMessage
  let record: TranslationRecord
  let footprint: Footprint
  /// What was wrong with it, without its values; empty when nothing was.
  let codes: String
  /// How long the translation took.
  let duration: Duration

  /// Bytes that it keeps in memory, about.
  var bytes: Int { message.body.count + record.bytes }
}

extension NewMessage {
  /// What formulas may know of the receipt.
  var receipt: Receipt {
    Receipt(received: Timestamp.text(milliseconds: received), id: id)
  }
}
