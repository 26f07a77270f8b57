import Audit
import Billing
import Diagnostics
import Mapping
import Store

/// What one thread needs to work out all that comes of a message, by one version of the mappings.
final class MessageProcessor {
  let served: ServedMappings
  let translator: Translator
  private let merger: HubMerger
  private let billing: VisitBilling?
  private let store: any WholeStore
  private let pseudonyms: Pseudonyms
  private let auditing: Auditing?

  init(
    _ served: ServedMappings, _ store: any WholeStore, _ pseudonyms: Pseudonyms, _ auditing: Auditing?
  ) {
    self.served = served
    self.store = store
    self.pseudonyms = pseudonyms
    self.auditing = auditing
    translator = Translator(served.library, limits: served.limits)
    merger = HubMerger(served.library, names: pseudonyms.ofHub)
    billing = served.billing.map { VisitBilling($0, served.library, store) }
  }

  /// All that comes of a message: what the hub knows then, what is sent, what is billed, what is logged.
  /// - Throws: ``ProcessingFailure``.
  func record(
    of message: NewMessage, as entry: ServedMappings.Entry, at now: Int64
  ) throws(ProcessingFailure) -> (TranslationRecord, noted: [Diagnostic]) {
    try failing { () throws(DiagnosticError) in
      _ = try translator.read(
        message.body, as: entry.mapping, named: message.id, receipt: message.receipt)
    }
    let merge = try merge(message, entry)
    guard !merge.isOvertaken else { return (try record(message, entry, merge, at: now), []) }
    try failing { () throws(DiagnosticError) in
      try translator.readHub(merge.document, named: "hub", receipt: message.receipt)
    }
    let deliveries = try failing { () throws(DiagnosticError) in
      try DeliveryMaking(served: served, pseudonyms: pseudonyms).deliveries(
        of: message, as: entry.mapping, in: translator, at: now)
    }
    let (bill, noted) = try bill(at: now)
    return (try record(message, entry, merge, deliveries, bill, noted, at: now), noted)
  }

  private func record(
    _ message: NewMessage, _ entry: ServedMappings.Entry, _ merge: HubMerge, _ deliveries: [NewDelivery] = [],
    _ bill: BillingChange? = nil, _ noted: [Diagnostic] = [], at now: Int64
  ) throws(ProcessingFailure) -> TranslationRecord {
    let audit = try auditing?.entry(
      of: message, routes: deliveries.map(\.route), served: served, translator, at: now)
    return TranslationRecord(
      id: message.id, state: .translated,
      diagnostics: noted.isEmpty ? nil : Array(JSONRenderer().render(noted).utf8),
      mappingVersion: entry.version, deliveries: deliveries, hub: merge.changes,
      billing: bill.map { [$0] } ?? [],
      audit: audit.map { [$0] } ?? [])
  }

  private func merge(
    _ message: NewMessage, _ entry: ServedMappings.Entry
  ) throws(ProcessingFailure) -> HubMerge {
    let event = HubEvent(
      message: message.id, mapping: message.mapping, mappingVersion: entry.version,
      received: message.received, bundle: translator.hub())
    do throws(HubFailure) {
      return try merger.merge(event, over: store)
    } catch {
      switch error {
      case .store(let error): throw .store(error)
      case .problems(let error): throw .problems(error)
      }
    }
  }

  /// A visit that can't be priced is told with its message and goes on; pricing it anew mends that.
  private func bill(at now: Int64) throws(ProcessingFailure) -> (BillingChange?, noted: [Diagnostic]) {
    guard let billing, let mapping = served.mappings[VisitBilling.mapping]?.mapping else { return (nil, []) }
    do {
      return (try billing.change(of: try translator.write(as: mapping), now: now), [])
    } catch let error as DiagnosticError {
      // What is about no visit has nothing to bill.
      return (nil, error.diagnostics.filter { $0.code != .resourceMissing })
    } catch let error as Diagnostic {
      return (nil, [error])
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      return (nil, [])
    }
  }

  private func failing<Value>(
    _ work: () throws(DiagnosticError) -> Value
  ) throws(ProcessingFailure) -> Value {
    do throws(DiagnosticError) { return try work() } catch { throw .problems(error) }
  }
}

/// Why nothing could be worked out.
enum ProcessingFailure: Error {
  /// The store can't be read; it may be later.
  case store(StoreError)
  /// The message's or the mappings' fault.
  case problems(DiagnosticError)
}

extension HubMerge {
  /// Whether all that the message tells has been overtaken by what happened later: then it has no effect.
  fileprivate var isOvertaken: Bool {
    isVain
      && changes.contains { if case .ignore(let ignored) = $0 { ignored.reason != .repeated } else { false } }
  }
}
