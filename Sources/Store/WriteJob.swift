/// One write that waits for the next commit, and who wants to know. Later kinds become cases here and share the
/// same transactions.
enum WriteJob: Sendable {
  case accept(NewMessage, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case record(TranslationRecord, @Sendable (Result<[DeliveryReceipt], StoreError>) -> Void)
  case report(DeliveryReport, @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case intervene(
    DeliveryIntervention, Int64, time: Int64, @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case audit(AuditChange, @Sendable (Result<Int, StoreError>) -> Void)

  /// Bytes that the job keeps in memory, about.
  var bytes: Int {
    switch self {
    case .accept(let message, _): message.body.count
    case .record(let translation, _):
      translation.deliveries.reduce(translation.diagnostics?.count ?? 0) { $0 + $1.body.count }
    case .intervene(.replaceBody(_, let bytes), _, _, _): bytes.count
    case .audit(let change, _): change.bytes
    case .report, .intervene: 0
    }
  }

  /// Does the write inside the open transaction. The outcome is to be told after the commit only.
  func perform(with writer: MessageWriter) -> WriteOutcome {
    switch self {
    case .accept(let message, let completion):
      .accepted(attempt { () throws(StoreError) in try writer.accept(message) }, completion)
    case .record(let translation, let completion):
      .recorded(attempt { () throws(StoreError) in try writer.record(translation) }, completion)
    case .report(let report, let completion):
      .changed(attempt { () throws(StoreError) in try writer.report(report) }, completion)
    case .intervene(let intervention, let number, let time, let completion):
      .changed(
        attempt { () throws(StoreError) in
          try writer.deliveries.intervene(intervention, on: number, time: time)
        }, completion)
    case .audit(let change, let completion):
      .audited(attempt { () throws(StoreError) in try writer.audit.make(change) }, completion)
    }
  }

  /// Tells the waiting party that nothing was done.
  func fail(_ error: StoreError) {
    switch self {
    case .accept(_, let completion): completion(.failure(error))
    case .record(_, let completion): completion(.failure(error))
    case .report(_, let completion), .intervene(_, _, _, let completion): completion(.failure(error))
    case .audit(_, let completion): completion(.failure(error))
    }
  }

  private func attempt<Success>(_ work: () throws(StoreError) -> Success) -> Result<Success, StoreError> {
    do throws(StoreError) { return .success(try work()) } catch { return .failure(error) }
  }
}

/// What a job came to, to be told once the commit has decided.
enum WriteOutcome {
  case accepted(Result<Acceptance, StoreError>, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case recorded(
    Result<[DeliveryReceipt], StoreError>, @Sendable (Result<[DeliveryReceipt], StoreError>) -> Void)
  case changed(Result<DeliveryChange, StoreError>, @Sendable (Result<DeliveryChange, StoreError>) -> Void)
  case audited(Result<Int, StoreError>, @Sendable (Result<Int, StoreError>) -> Void)

  var error: StoreError? {
    switch self {
    case .accepted(.failure(let error), _), .recorded(.failure(let error), _),
      .changed(.failure(let error), _), .audited(.failure(let error), _):
      error
    default: nil
    }
  }

  func tell() {
    switch self {
    case .accepted(let result, let completion): completion(result)
    case .recorded(let result, let completion): completion(result)
    case .changed(let result, let completion): completion(result)
    case .audited(let result, let completion): completion(result)
    }
  }
}
