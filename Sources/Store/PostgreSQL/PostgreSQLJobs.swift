// What the rows of the database's functions say.

extension WriteJob {
  /// Whether it writes to shared tables only after the server has answered its first call.
  var goesByAnswers: Bool {
    switch self {
    case .accept, .report, .intervene: true
    default: false
    }
  }

  /// The ids of the messages that it records translations of.
  var recorded: [String] {
    if case .record(let translations, _) = self { translations.map(\.id) } else { [] }
  }

  /// What the job came to when nothing of it was done.
  func outcome(_ error: StoreError) -> WriteOutcome {
    switch self {
    case .accept(_, let completion): .accepted(.failure(error), completion)
    case .record(_, let completion): .recorded(.failure(error), completion)
    case .report(_, let completion), .intervene(_, _, _, _, let completion):
      .changed(.failure(error), completion)
    case .change(_, let completion), .remove(_, _, _, let completion), .bill(_, let completion),
      .audit(_, let completion), .keep(_, _, let completion), .checkpoint(let completion):
      .counted(.failure(error), completion)
    case .removeBodies(_, _, _, _, let completion): .emptied(.failure(error), completion)
    }
  }
}

extension PostgreSQLRows {
  func acceptance(of message: NewMessage, _ bodies: BodyRemover) -> Result<Acceptance, StoreError> {
    switch integer(0, 0) {
    case 0: .success(.accepted(message.id))
    case 1: .success(.repeated(text(0, 1)))
    case 2: .success(.conflict(text(0, 1)))
    case 4 where bodies.isSame(message.body, as: bytes(0, 2)): .success(.repeated(text(0, 1)))
    case 4: .success(.conflict(text(0, 1)))
    default: .failure(.identifierTaken)
    }
  }

  func receipt(of delivery: NewDelivery, _ tally: inout PostgreSQLTally) -> DeliveryReceipt {
    guard flag(0, 2) else { return .repeated(integer(0, 0)) }
    let state = delivery.fault == nil ? DeliveryState.waiting : .dead
    tally.move(integer(0, 1), from: nil, to: state.code)
    return .added(integer(0, 0))
  }

  func change(_ tally: inout PostgreSQLTally) -> Result<DeliveryChange, StoreError> {
    guard count > 0 else { return .failure(.unknownDelivery) }
    if flag(0, 0) { return .success(.busy) }
    let old = integer(0, 2)
    guard let new = optionalInteger(0, 3) else { return .success(.ended(DeliveryState(code: old))) }
    if new != old { tally.move(integer(0, 1), from: old, to: new) }
    return .success(.done)
  }
}
