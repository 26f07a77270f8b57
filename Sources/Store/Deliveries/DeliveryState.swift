/// How far a delivery has come.
public enum DeliveryState: String, CaseIterable, Sendable {
  /// To be sent, now or later.
  case waiting
  /// The target has it.
  case delivered
  /// Given up; a person may retry, edit or skip it.
  case dead
  /// A person decided that it is not to be sent.
  case skipped

  /// As the tables hold it. From 2, since 0 and 1 take no byte in a row and a row that grows is moved.
  var code: Int64 {
    switch self {
    case .waiting: 2
    case .delivered: 3
    case .dead: 4
    case .skipped: 5
    }
  }

  init(code: Int64) {
    self = Self.allCases.first { $0.code == code } ?? .dead
  }
}
