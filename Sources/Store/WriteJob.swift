/// One write that waits for the next commit, and who wants to know. Later kinds become cases here and share
/// the same transactions.
enum WriteJob: Sendable {
  case accept(NewMessage, TranslationRecord?, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case record(
    [TranslationRecord], RecordingOrder.Place?, @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void)
  case report(DeliveryReport, @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case intervene(
    [DeliveryIntervention], Int64, time: Int64, [NewAuditEntry],
    @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case change([HubChange], @Sendable (Result<Int, StoreError>) -> Void)
  case remove(HubRemoval, limit: Int, [NewAuditEntry], @Sendable (Result<Int, StoreError>) -> Void)
  case bill(BillingWork, @Sendable (Result<Int, StoreError>) -> Void)
  case audit(AuditChange, @Sendable (Result<Int, StoreError>) -> Void)
  case removeBodies(
    BodyRemoval, BodyRemovalPlace, limit: Int, [NewAuditEntry],
    @Sendable (Result<BodyRemovalStep, StoreError>) -> Void)
  case checkpoint(@Sendable (Result<Int, StoreError>) -> Void)
  case keep([KeptChange], NewMessage?, @Sendable (Result<Int, StoreError>) -> Void)

  /// Bytes that the job keeps in memory, about.
  var bytes: Int {
    switch self {
    case .accept(let message, let outcome, _): message.body.count + (outcome?.bytes ?? 0)
    case .record(let translations, _, _): translations.reduce(0) { $0 + $1.bytes }
    case .change(let changes, _): changes.reduce(0) { $0 + $1.bytes }
    case .intervene(let interventions, _, _, _, _): interventions.reduce(0) { $0 + $1.bytes }
    case .audit(let change, _): change.bytes
    case .bill(let work, _): work.bytes
    case .keep(let changes, let message, _):
      changes.reduce(message?.body.count ?? 0) { $0 + ($1.value?.count ?? 0) }
    case .report, .remove, .removeBodies, .checkpoint: 0
    }
  }

  /// Whether it keeps the writer for long, and nobody is waiting for an answer.
  var isLong: Bool {
    if case .record(let translations, _, _) = self { translations.count > 32 } else { false }
  }

  /// Where it stands among records that go one after another.
  var place: RecordingOrder.Place? {
    if case .record(_, let place, _) = self { place } else { nil }
  }

  /// The same with the content of its message encrypted as well; that of deliveries is where the message is known.
  func sealed(by keys: ContentKeys) throws(StoreError) -> WriteJob {
    switch self {
    case .accept(let message, let outcome, let completion):
      .accept(try keys.sealing(message), outcome, completion)
    case .bill(.send(let message, let deliveries, let events), let completion):
      .bill(.send(try keys.sealing(message), deliveries, events), completion)
    case .keep(let changes, let message?, let completion):
      .keep(changes, try keys.sealing(message), completion)
    default: self
    }
  }

  /// Does the write inside the open transaction. The outcome is to be told after the commit only.
  func perform(with writer: MessageWriter) -> WriteOutcome {
    let outcome = outcome(with: writer)
    if outcome.error != nil { place?.end() }
    return outcome
  }

  private func outcome(with writer: MessageWriter) -> WriteOutcome {
    switch self {
    case .accept(let message, let outcome, let completion):
      .accepted(attempt { () throws(StoreError) in try writer.accept(message, as: outcome) }, completion)
    case .record(let translations, let place, let completion):
      .recorded(
        attempt { () throws(StoreError) in
          try place?.check()
          return try writer.record(translations)
        }, completion)
    case .report(let report, let completion):
      .changed(attempt { () throws(StoreError) in try writer.report(report) }, completion)
    case .intervene(let interventions, let number, let time, let entries, let completion):
      .changed(
        attempt { () throws(StoreError) in
          try writer.intervene(interventions, on: number, time: time, entries)
        }, completion)
    case .change(let changes, let completion):
      .counted(
        attempt { () throws(StoreError) in
          try writer.hub.check(changes)
          return try writer.hub.apply(changes).count
        }, completion)
    case .remove(let removal, let limit, let entries, let completion):
      .counted(
        attempt { () throws(StoreError) in
          try writer.recorded(entries, if: { $0 > 0 }) { () throws(StoreError) in
            try writer.hub.remove(removal, limit: limit)
          }
        }, completion)
    case .bill(.send(let message, let deliveries, let events), let completion):
      .counted(
        attempt { () throws(StoreError) in try writer.send(message, deliveries, events) }, completion)
    case .bill(let work, let completion):
      .counted(
        attempt { () throws(StoreError) in try work.perform(with: writer.billing, writer.kept) }, completion)
    case .audit(let change, let completion):
      .counted(attempt { () throws(StoreError) in try writer.audit.make(change) }, completion)
    case .removeBodies(let removal, let place, let limit, let entries, let completion):
      .emptied(
        attempt { () throws(StoreError) in
          try writer.recorded(entries, if: { $0.messages > 0 }) { () throws(StoreError) in
            try writer.bodies.step(removal, at: place, limit: limit)
          }
        },
        completion)
    case .checkpoint(let completion):
      .counted(.success(writer.checkpointAfterCommit()), completion)
    case .keep(let changes, let message, let completion):
      .counted(
        attempt { () throws(StoreError) in
          try writer.keep(changes, with: message)
          return changes.count
        }, completion)
    }
  }

  /// Tells the waiting party that nothing was done.
  func fail(_ error: StoreError) {
    place?.end()
    switch self {
    case .accept(_, _, let completion): completion(.failure(error))
    case .record(_, _, let completion): completion(.failure(error))
    case .change(_, let completion), .remove(_, _, _, let completion): completion(.failure(error))
    case .report(_, let completion), .intervene(_, _, _, _, let completion): completion(.failure(error))
    case .bill(_, let completion): completion(.failure(error))
    case .audit(_, let completion), .checkpoint(let completion): completion(.failure(error))
    case .removeBodies(_, _, _, _, let completion): completion(.failure(error))
    case .keep(_, _, let completion): completion(.failure(error))
    }
  }

  private func attempt<Success>(_ work: () throws(StoreError) -> Success) -> Result<Success, StoreError> {
    do throws(StoreError) { return .success(try work()) } catch { return .failure(error) }
  }
}

extension TranslationRecord {
  /// Bytes that the record keeps in memory, about.
  public var bytes: Int {
    deliveries.reduce(diagnostics?.count ?? 0) { $0 + $1.body.count } + hub.reduce(0) { $0 + $1.bytes }
      + billing.reduce(0) { $0 + $1.bytes }
  }
}

/// What a job came to, to be told once the commit has decided.
enum WriteOutcome {
  case accepted(Result<Acceptance, StoreError>, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case recorded(
    Result<[[DeliveryReceipt]?], StoreError>, @Sendable (Result<[[DeliveryReceipt]?], StoreError>) -> Void)
  case changed(Result<DeliveryChange, StoreError>, @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case counted(Result<Int, StoreError>, @Sendable (Result<Int, StoreError>) -> Void)
  case emptied(
    Result<BodyRemovalStep, StoreError>, @Sendable (Result<BodyRemovalStep, StoreError>) -> Void)

  var error: StoreError? {
    switch self {
    case .accepted(.failure(let error), _), .recorded(.failure(let error), _),
      .changed(.failure(let error), _), .counted(.failure(let error), _), .emptied(.failure(let error), _):
      error
    default: nil
    }
  }

  func tell() {
    switch self {
    case .accepted(let result, let completion): completion(result)
    case .recorded(let result, let completion): completion(result)
    case .changed(let result, let completion): completion(result)
    case .counted(let result, let completion): completion(result)
    case .emptied(let result, let completion): completion(result)
    }
  }
}
