/// Questions that were announced, and their answers, as long as nothing is written: announced together they cost
/// one round trip.
struct PostgreSQLForesight {
  private var announced: Set<PostgreSQLCall> = []
  private var answers: [PostgreSQLCall: PostgreSQLRows] = [:]
  /// Which of the times between two writes it is.
  private(set) var time = 0

  /// False when the question was announced before.
  mutating func announce(_ call: PostgreSQLCall) -> Bool {
    announced.insert(call).inserted
  }

  /// Takes an answer in; one of an earlier time is of no use any more.
  mutating func hear(_ rows: PostgreSQLRows, to call: PostgreSQLCall, of time: Int) {
    if time == self.time { answers[call] = rows }
  }

  func expects(_ call: PostgreSQLCall) -> Bool { announced.contains(call) }

  func answer(to call: PostgreSQLCall) -> PostgreSQLRows? { answers[call] }

  /// Something is written, or may have been.
  mutating func forget() {
    guard !announced.isEmpty else { return }
    announced.removeAll(keepingCapacity: true)
    answers.removeAll(keepingCapacity: true)
    time += 1
  }
}
