/// What somebody should know of the engagement index, without patient data.
public enum EngagementNews: Sendable, Equatable {
  /// It can't be told of a visit, whose name in the hub this is; the codes of what is wrong. What it was told
  /// of the visit's patient stays meanwhile.
  case refused(visit: String, mapping: String, codes: String)
  /// A night's reconciliation has ended.
  case reconciled(patients: Int, updates: Int)
  /// It can't be told, or asked; that is tried again.
  case failing(problem: String)

  /// One line for people.
  var text: String {
    switch self {
    case .refused(let visit, let mapping, let codes):
      "sluss can't tell the engagement index of visit \(visit) with \(mapping): \(codes)"
    case .reconciled(let patients, let updates):
      "sluss has asked the engagement index about \(patients) patients and mended what it knew with \(updates) updates"
    case .failing(let problem): "sluss can't keep the engagement index up to date: \(problem)"
    }
  }

  var level: GatewayEvent.Level { if case .reconciled = self { .info } else { .warning } }

  var name: String {
    switch self {
    case .refused: "engagement-refused"
    case .reconciled: "engagements-reconciled"
    case .failing: "engagements-failing"
    }
  }

  var fields: [(String, String)] {
    switch self {
    case .refused(let visit, let mapping, let codes):
      [("visit", visit), ("mapping", mapping), ("problem", codes)]
    case .reconciled(let patients, let updates):
      [("patients", String(patients)), ("updates", String(updates))]
    case .failing(let problem): [("problem", problem)]
    }
  }
}
