import Diagnostics
import Mapping
import Store

/// Translates one message: into the hub, and from there into the documents that its routes ask for.
struct MessageTranslation: Sendable {
  let current: CurrentMappings
  let pseudonyms: Pseudonyms

  func translate(_ message: NewMessage) -> TranslatedMessage {
    let begun = ContinuousClock.now
    let (record, codes) = record(of: message)
    let duration = ContinuousClock.now - begun
    return TranslatedMessage(message: message, record: record, codes: codes, duration: duration)
  }

  private func record(of message: NewMessage) -> (TranslationRecord, codes: String) {
    let served = current.served
    guard let entry = served.mappings[message.mapping] else {
      let near = NearNames.of(message.mapping, among: served.mappings.keys)
      let place = Place(file: message.mapping, line: 1, column: 1)
      return failed(
        message, [Diagnostic(.unknownMapping(name: message.mapping, near: near), at: place)], by: nil)
    }
    return served.translators.lend { translator in
      do throws(DiagnosticError) {
        let making = DeliveryMaking(served: served, pseudonyms: pseudonyms)
        return (try record(of: message, entry, making, translator), "")
      } catch {
        return failed(message, error.diagnostics, by: entry.version)
      }
    }
  }

  private func record(
    of message: NewMessage, _ entry: ServedMappings.Entry, _ making: DeliveryMaking, _ translator: Translator
  ) throws(DiagnosticError) -> TranslationRecord {
    try translator.read(message.body, as: entry.mapping, named: message.id, receipt: message.receipt)
    let deliveries = try making.deliveries(
      of: message, as: entry.mapping, in: translator, at: Timestamp.now())
    return TranslationRecord(
      id: message.id, state: .translated, mappingVersion: entry.version, deliveries: deliveries)
  }

  private func failed(
    _ message: NewMessage, _ diagnostics: [Diagnostic], by version: String?
  ) -> (TranslationRecord, codes: String) {
    let json = Array(JSONRenderer().render(diagnostics).utf8)
    let record = TranslationRecord(id: message.id, state: .failed, diagnostics: json, mappingVersion: version)
    return (record, DiagnosticError(diagnostics).codes)
  }
}

/// A message and what came of it.
struct TranslatedMessage: Sendable {
  let message: NewMessage
  let record: TranslationRecord
  /// What was wrong with it, without its values; empty when nothing was.
  let codes: String
  /// How long the translation took.
  let duration: Duration
}

extension NewMessage {
  /// What formulas may know of the receipt.
  var receipt: Receipt {
    Receipt(received: Timestamp.text(milliseconds: received), id: id)
  }
}
