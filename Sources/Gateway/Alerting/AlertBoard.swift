/// All rules and how far their alerts have come. Told of readings, it says what is to be told; it knows of no
/// clock and no network.
struct AlertBoard {
  /// What has to outlive the process, so that each start and each end is told once.
  struct Memory: Codable, Equatable, Sendable {
    /// By rule and by what it looks at.
    var states: [String: [String: AlertState]] = [:]
  }

  let rules: [AlertRule]
  private(set) var memory: Memory
  private var judging = AlertJudging()

  /// - Parameter memory: of an earlier run; what rules that are gone left in it is dropped.
  init(_ rules: [AlertRule], memory: Memory = Memory()) {
    self.rules = rules
    let names = Set(rules.map(\.name))
    self.memory = Memory(states: memory.states.filter { names.contains($0.key) })
  }

  /// The changes, in the order of rules, with their receivers.
  mutating func look(at now: AlertReadings) -> [(notice: AlertNotice, receivers: [String])] {
    rules.flatMap { rule in
      look(at: now, by: rule).map { ($0, rule.receivers) }
    }
  }

  /// What is on, as `rule` and what it looks at.
  var active: [(alert: String, subject: String)] {
    memory.states.sorted { $0.key < $1.key }.flatMap { rule, states in
      states.filter(\.value.isOn).keys.sorted().map { (rule, $0) }
    }
  }

  private mutating func look(at now: AlertReadings, by rule: AlertRule) -> [AlertNotice] {
    var verdicts = judging.verdicts(of: rule, on: now)
    var states = memory.states[rule.name] ?? [:]
    // What can no longer be found is no longer wrong.
    for gone in states.keys where verdicts[gone] == nil { verdicts[gone] = .well }
    var notices: [AlertNotice] = []
    for (subject, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
      var state = states[subject] ?? AlertState()
      let change = state.take(verdict, at: now.time, rule)
      states[subject] = state.isForgettable(at: now.time, rule) ? nil : state
      if let change { notices.append(AlertNotice(change, rule.name, subject, at: now.time)) }
    }
    memory.states[rule.name] = states.isEmpty ? nil : states
    return notices
  }
}

extension AlertState {
  fileprivate var isOn: Bool {
    switch phase {
    case .on, .recovering: true
    case .well, .suspicious: false
    }
  }
}

extension AlertNotice {
  fileprivate init(_ change: AlertState.Change, _ alert: String, _ subject: String, at time: Int64) {
    switch change {
    case .started(let since, let text):
      self.init(alert: alert, subject: subject, isStart: true, since: since, time: time, text: text)
    case .ended(let since):
      self.init(alert: alert, subject: subject, isStart: false, since: since, time: time, text: "")
    }
  }
}
