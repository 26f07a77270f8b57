// What the rows of the database's functions say.

extension WriteJob {
  /// Whether it writes to shared tables only after the server has answered its first call.
  var goesByAnswers: Bool {
    switch self {
    case .accept(_, nil, _), .report, .intervene: true
    default: false
    }
  }

  /// Whether it goes with the others of its kind.
  var isRecord: Bool { if case .record = self { true } else { false } }

  /// The ids of the messages that it records translations of.
  var recorded: [String] {
    if case .record(let translations, _, _) = self { translations.map(\.id) } else { [] }
  }

  /// What the job came to when nothing of it was done.
  func outcome(_ error: StoreError) -> WriteOutcome {
    switch self {
    case .accept(_, _, let completion): .accepted(.failure(error), completion)
    case .record(_, _, let completion): .recorded(.failure(error), completion)
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
  func change(_ tally: inout PostgreSQLTally) -> Result<DeliveryChange, StoreError> {
    guard count > 0 else { return .failure(.unknownDelivery) }
    if flag(0, 0) { return .success(.busy) }
    let old = integer(0, 2)
    guard let new = optionalInteger(0, 3) else { return .success(.ended(DeliveryState(code: old))) }
    if new != old { tally.move(integer(0, 1), from: old, to: new) }
    return .success(.done)
  }
}
