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
    let receipt = message.receipt
    try failing { () throws(DiagnosticError) in
      _ = try translator.read(message.body, as: entry.mapping, named: message.id, receipt: receipt)
    }
    let answer = try registerAnswer(of: entry)
    let merged = try merge(message, entry)
    let changes = merged?.changes ?? []
    let effects =
      changes.areOvertaken
      ? try bill(answer, of: message, at: now)
      : try effects(of: message, entry, answer, merged, receipt, at: now)
    return (try record(message, entry, changes, effects, at: now), effects.noted)
  }

  /// What comes of a message beside what the hub learns.
  private struct Effects {
    var deliveries: [NewDelivery] = []
    var billing = BillingNews()
    /// What is wrong, and stops nothing.
    var noted: [Diagnostic] = []
  }

  /// What is known now goes from tree to tree. Only its text has places, however: when something is wrong, all is worked
  /// out once more, of that.
  private func effects(
    of message: NewMessage, _ entry: ServedMappings.Entry, _ answer: [UInt8]?, _ merged: HubMergedTrees?,
    _ receipt: Receipt, at now: Int64
  ) throws(ProcessingFailure) -> Effects {
    let changes = merged?.changes ?? []
    if let merged {
      do throws(ProcessingFailure) {
        try failing { () throws(DiagnosticError) in
          try merger.show(merged.resources, to: translator, receipt: receipt)
        }
        let effects = try effects(of: message, entry, answer, telling: changes, at: now)
        if effects.noted.isEmpty { return effects }
      } catch {
        guard case .problems = error else { throw error }
      }
    }
    let document = merged.map { merger.document($0.resources) } ?? translator.hub()
    try failing(telling: changes) { () throws(DiagnosticError) in
      try translator.readHub(document, named: "hub", receipt: receipt)
    }
    return try effects(of: message, entry, answer, telling: changes, at: now)
  }

  /// What comes of that which is in the translator's hub.
  private func effects(
    of message: NewMessage, _ entry: ServedMappings.Entry, _ answer: [UInt8]?, telling changes: [HubChange],
    at now: Int64
  ) throws(ProcessingFailure) -> Effects {
    let deliveries = try failing(telling: changes) { () throws(DiagnosticError) in
      try DeliveryMaking(served: served, pseudonyms: pseudonyms).deliveries(
        of: message, as: entry.mapping, in: translator, at: now)
    }
    var effects = answer == nil ? try billVisit(at: now) : try bill(answer, of: message, at: now)
    effects.deliveries = deliveries
    return effects
  }

  private func record(
    _ message: NewMessage, _ entry: ServedMappings.Entry, _ changes: [HubChange], _ effects: Effects,
    at now: Int64
  ) throws(ProcessingFailure) -> TranslationRecord {
    let (audit, deliveries) = try announced(effects.deliveries, of: message, changes, at: now)
    return TranslationRecord(
      id: message.id, state: .translated,
      diagnostics: effects.noted.isEmpty ? nil : Array(JSONRenderer().render(effects.noted).utf8),
      mappingVersion: entry.version, deliveries: deliveries, hub: changes,
      billing: effects.billing.changes, audit: audit, kept: effects.billing.kept)
  }

  /// The entry that tells of the message and of all that leaves because of it; it is on disk before anything
  /// does. Each delivery then knows whom it is about, for the entry of its end.
  private func announced(
    _ deliveries: [NewDelivery], of message: NewMessage, _ changes: [HubChange], at now: Int64
  ) throws(ProcessingFailure) -> ([NewAuditEntry], [NewDelivery]) {
    guard let auditing else { return ([], deliveries) }
    let announcement = try auditing.announcement(
      of: message, deliveries, kinds: changes, served: served, translator, at: now)
    let told = deliveries.map { delivery in
      var delivery = delivery
      delivery.patient = announcement.patient
      return delivery
    }
    return ([announcement.entry], told)
  }

  /// `nil` for a message that only goes on.
  private func merge(
    _ message: NewMessage, _ entry: ServedMappings.Entry
  ) throws(ProcessingFailure) -> HubMergedTrees? {
    if merger.rules.messages[message.mapping]?.isPassedOn == true { return nil }
    let event = HubEvent(
      message: message.id, mapping: message.mapping, mappingVersion: entry.version,
      received: message.received, bundle: [])
    do throws(HubFailure) {
      return try merger.merge(event, of: translator, over: store)
    } catch {
      switch error {
      case .store(let error): throw .store(error)
      case .problems(let error): throw .problems(error, telling: [])
      }
    }
  }

  private func billVisit(at now: Int64) throws(ProcessingFailure) -> Effects {
    guard let billing, let mapping = served.mappings[VisitBilling.mapping]?.mapping else { return Effects() }
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
  ) throws(ProcessingFailure) -> Effects {
    guard let billing, let answer else { return Effects() }
    return try noting { try billing.news(ofRegister: answer, told: message.received, now: now) }
  }

  /// A visit that can't be priced is told with its message and goes on; pricing it anew mends that.
  private func noting(
    _ work: () throws -> BillingNews
  ) throws(ProcessingFailure) -> Effects {
    do {
      return Effects(billing: try work())
    } catch let error as DiagnosticError {
      // What is about no visit has nothing to bill.
      return Effects(noted: error.diagnostics.filter { $0.code != .resourceMissing })
    } catch let error as Diagnostic {
      return Effects(noted: [error])
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      return Effects()
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

extension [HubChange] {
  /// Whether all that a message tells has been overtaken by what happened later: then it has no effect.
  fileprivate var areOvertaken: Bool {
    isVain
      && contains { if case .ignore(let ignored) = $0 { ignored.reason != .repeated } else { false } }
  }
}
