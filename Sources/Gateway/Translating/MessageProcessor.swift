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
    billing = served.billing.map {
      VisitBilling($0, served.library, store, pseudonym: pseudonyms.code)
    }
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
    let answer = try registerAnswer(of: entry)
    let merge = try merge(message, entry)
    guard !merge.isOvertaken else {
      let (news, noted) = try bill(answer, of: message, at: now)
      return (try record(message, entry, merge, bill: news, noted, at: now), noted)
    }
    try failing(telling: merge.changes) { () throws(DiagnosticError) in
      try translator.readHub(merge.document, named: "hub", receipt: message.receipt)
    }
    let deliveries = try failing(telling: merge.changes) { () throws(DiagnosticError) in
      try DeliveryMaking(served: served, pseudonyms: pseudonyms).deliveries(
        of: message, as: entry.mapping, in: translator, at: now)
    }
    let (news, noted) =
      answer == nil ? try billVisit(at: now) : try bill(answer, of: message, at: now)
    return (try record(message, entry, merge, deliveries, bill: news, noted, at: now), noted)
  }

  private func record(
    _ message: NewMessage, _ entry: ServedMappings.Entry, _ merge: HubMerge, _ deliveries: [NewDelivery] = [],
    bill news: BillingNews, _ noted: [Diagnostic] = [], at now: Int64
  ) throws(ProcessingFailure) -> TranslationRecord {
    let (audit, deliveries) = try announced(deliveries, of: message, merge, at: now)
    return TranslationRecord(
      id: message.id, state: .translated,
      diagnostics: noted.isEmpty ? nil : Array(JSONRenderer().render(noted).utf8),
      mappingVersion: entry.version, deliveries: deliveries, hub: merge.changes,
      billing: news.changes, audit: audit, kept: news.kept)
  }

  /// The entry that tells of the message and of all that leaves because of it; it is on disk before anything
  /// does. Each delivery then knows whom it is about, for the entry of its end.
  private func announced(
    _ deliveries: [NewDelivery], of message: NewMessage, _ merge: HubMerge, at now: Int64
  ) throws(ProcessingFailure) -> ([NewAuditEntry], [NewDelivery]) {
    guard let auditing else { return ([], deliveries) }
    let announcement = try auditing.announcement(
      of: message, deliveries, kinds: merge.changes, served: served, translator, at: now)
    let told = deliveries.map { delivery in
      var delivery = delivery
      delivery.patient = announcement.patient
      return delivery
    }
    return ([announcement.entry], told)
  }

  private func merge(
    _ message: NewMessage, _ entry: ServedMappings.Entry
  ) throws(ProcessingFailure) -> HubMerge {
    let event = HubEvent(
      message: message.id, mapping: message.mapping, mappingVersion: entry.version,
      received: message.received, bundle: translator.hub())
    if merger.rules.messages[message.mapping]?.isPassedOn == true {
      return HubMerge(changes: [], document: event.bundle, time: message.received)
    }
    do throws(HubFailure) {
      return try merger.merge(event, over: store)
    } catch {
      switch error {
      case .store(let error): throw .store(error)
      case .problems(let error): throw .problems(error, telling: [])
      }
    }
  }

  private func billVisit(at now: Int64) throws(ProcessingFailure) -> (BillingNews, noted: [Diagnostic]) {
    guard let billing, let mapping = served.mappings[VisitBilling.mapping]?.mapping else {
      return (BillingNews(), [])
    }
    return try noting { try billing.news(of: try translator.write(as: mapping), now: now) }
  }

  /// What a register says in the message that was just read, before it is merged with what others say;
  /// `nil` when it is none of a register's.
  private func registerAnswer(of entry: ServedMappings.Entry) throws(ProcessingFailure) -> [UInt8]? {
    guard let billing, let register = billing.register(of: entry.mapping.name),
      let mapping = served.mappings[register]?.mapping
    else { return nil }
    return try failing { () throws(DiagnosticError) in try translator.write(as: mapping) }
  }

  private func bill(
    _ answer: [UInt8]?, of message: NewMessage, at now: Int64
  ) throws(ProcessingFailure) -> (BillingNews, noted: [Diagnostic]) {
    guard let billing, let answer else { return (BillingNews(), []) }
    return try noting { try billing.news(ofRegister: answer, told: message.received, now: now) }
  }

  /// A visit that can't be priced is told with its message and goes on; pricing it anew mends that.
  private func noting(
    _ work: () throws -> BillingNews
  ) throws(ProcessingFailure) -> (BillingNews, noted: [Diagnostic]) {
    do {
      return (try work(), [])
    } catch let error as DiagnosticError {
      // What is about no visit has nothing to bill.
      return (BillingNews(), error.diagnostics.filter { $0.code != .resourceMissing })
    } catch let error as Diagnostic {
      return (BillingNews(), [error])
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      return (BillingNews(), [])
    }
  }

  private func failing<Value>(
    telling changes: [HubChange] = [], _ work: () throws(DiagnosticError) -> Value
  ) throws(ProcessingFailure) -> Value {
    do throws(DiagnosticError) { return try work() } catch { throw .problems(error, telling: changes) }
  }
}

/// Why nothing could be worked out.
enum ProcessingFailure: Error {
  /// The store can't be read; it may be later.
  case store(StoreError)
  /// The message's or the mappings' fault; with what it would have changed in the hub, as far as that is known.
  case problems(DiagnosticError, telling: [HubChange])
}

extension HubMerge {
  /// Whether all that the message tells has been overtaken by what happened later: then it has no effect.
  fileprivate var isOvertaken: Bool {
    isVain
      && changes.contains { if case .ignore(let ignored) = $0 { ignored.reason != .repeated } else { false } }
  }
}
