/// One write that waits for the next commit, and who wants to know. Later kinds, such as a delivery
/// for the outbox, become cases here and share the same transactions.
enum WriteJob: Sendable {
  case accept(NewMessage, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case record(TranslationRecord, @Sendable (Result<Void, StoreError>) -> Void)

  /// Bytes that the job keeps in memory, about.
  var bytes: Int {
    switch self {
    case .accept(let message, _): message.body.count
    case .record(let translation, _): translation.diagnostics?.count ?? 0
    }
  }

  /// Does the write inside the open transaction. The outcome is to be told after the commit only.
  func perform(with writer: MessageWriter) -> WriteOutcome {
    switch self {
    case .accept(let message, let completion):
      .accepted(attempt { () throws(StoreError) in try writer.accept(message) }, completion)
    case .record(let translation, let completion):
      .recorded(attempt { () throws(StoreError) in try writer.record(translation) }, completion)
    }
  }

  /// Tells the waiting party that nothing was done.
  func fail(_ error: StoreError) {
    switch self {
    case .accept(_, let completion): completion(.failure(error))
    case .record(_, let completion): completion(.failure(error))
    }
  }

  private func attempt<Success>(_ work: () throws(StoreError) -> Success) -> Result<Success, StoreError> {
    do throws(StoreError) { return .success(try work()) } catch { return .failure(error) }
  }
}

/// What a job came to, to be told once the commit has decided.
enum WriteOutcome {
  case accepted(Result<Acceptance, StoreError>, @Sendable (Result<Acceptance, StoreError>) -> Void)
  case recorded(Result<Void, StoreError>, @Sendable (Result<Void, StoreError>) -> Void)

  var error: StoreError? {
    switch self {
    case .accepted(.failure(let error), _), .recorded(.failure(let error), _): error
    default: nil
    }
  }

  func tell() {
    switch self {
    case .accepted(let result, let completion): completion(result)
    case .recorded(let result, let completion): completion(result)
    }
  }
}
