/// What each kind of job is in PostgreSQL: the calls that do it, and what their rows say. Calls leave the
/// transaction sound whatever they find, so that a job fails alone.
extension WriteJob {
  func calls(by gateway: PostgreSQLGateway) -> [PostgreSQLCall] {
    switch self {
    case .accept(let message, _): [gateway.accept(message)]
    case .record(let translation, _):
      [gateway.record(translation)] + translation.deliveries.map { gateway.add($0, of: translation.id) }
    case .report(let report, _): [gateway.report(report)]
    case .intervene(let intervention, let number, let time, _):
      [gateway.intervene(intervention, on: number, time: time)]
    }
  }

  /// - Parameter rows: those of its calls, in order.
  func outcome(of rows: ArraySlice<PostgreSQLRows>, _ tally: inout PostgreSQLTally) -> WriteOutcome {
    guard let first = rows.first else { return failed(.unreachable(doing: "writing a batch")) }
    switch self {
    case .accept(let message, let completion):
      return .accepted(Self.acceptance(of: message, first), completion)
    case .record(_, let completion):
      guard first.optionalInteger(0, 0) != nil else { return failed(.unknownMessage) }
      return .recorded(.success(rows.dropFirst().map { Self.receipt($0, &tally) }), completion)
    case .report(_, let completion), .intervene(_, _, _, let completion):
      return .changed(Self.change(first, &tally), completion)
    }
  }

  private func failed(_ error: StoreError) -> WriteOutcome {
    switch self {
    case .accept(_, let completion): .accepted(.failure(error), completion)
    case .record(_, let completion): .recorded(.failure(error), completion)
    case .report(_, let completion), .intervene(_, _, _, let completion):
      .changed(.failure(error), completion)
    }
  }

  private static func acceptance(of message: NewMessage, _ row: PostgreSQLRows)
    -> Result<Acceptance, StoreError>
  {
    switch row.integer(0, 0) {
    case 0: .success(.accepted(message.id))
    case 1: .success(.repeated(row.text(0, 1)))
    case 2: .success(.conflict(row.text(0, 1)))
    default: .failure(.identifierTaken)
    }
  }

  private static func receipt(_ row: PostgreSQLRows, _ tally: inout PostgreSQLTally) -> DeliveryReceipt {
    guard row.flag(0, 2) else { return .repeated(row.integer(0, 0)) }
    tally.move(row.integer(0, 1), from: nil, to: DeliveryState.waiting.code)
    return .added(row.integer(0, 0))
  }

  private static func change(_ row: PostgreSQLRows, _ tally: inout PostgreSQLTally)
    -> Result<DeliveryChange, StoreError>
  {
    guard row.count > 0 else { return .failure(.unknownDelivery) }
    if row.flag(0, 0) { return .success(.busy) }
    let old = row.integer(0, 2)
    guard let new = row.optionalInteger(0, 3) else { return .success(.ended(DeliveryState(code: old))) }
    if new != old { tally.move(row.integer(0, 1), from: old, to: new) }
    return .success(.done)
  }
}
