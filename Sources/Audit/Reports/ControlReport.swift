import Store

/// Systematic control of the log (HSLF-FS 2016:40 4 kap. 9 §): what the rules select, and what chance does.
public struct ControlReport: Sendable {
  /// Why an entry was selected.
  public enum Rule: String, Sendable, CaseIterable {
    /// Drawn by chance, so many from each care unit.
    case sample
    /// Outside working hours, or on a day off.
    case outsideHours = "outside hours"
    /// The unit has nothing to do with the patient, as far as the log knows.
    case noCareRelation = "no care relation"
    /// The person had many patients that day.
    case highVolume = "high volume"
    /// The data were blocked, and were opened in an emergency.
    case emergency
  }

  /// A selected entry; one that several rules select comes once for each.
  public struct Row: Sendable, Equatable {
    /// The rule that selected it.
    public let rule: Rule
    /// The entry. Its patient is not opened; see ``patient``.
    public let entry: FoundEntry
    /// The patient's pseudonym in hexadecimal, to tell patients apart; empty without one.
    public let patient: String
  }

  /// In the order of the log.
  public let rows: [Row]

  /// A table with the rule first.
  public var csv: String {
    CSVText.table(Self.columns, rows.map(Self.row))
  }

  /// An array of objects.
  public var json: String {
    JSONText.array(Self.columns, rows.map(Self.row))
  }

  private static let columns = ["regel", "patient (pseudonym)"] + PatientReport.columns

  private static func row(_ row: Row) -> [String] {
    [row.rule.rawValue, row.patient] + PatientReport.row(row.entry)
  }
}

extension AuditLog {
  /// Controls the accesses of persons between two times. That it was done is logged before.
  ///
  /// - Parameters:
  ///   - asking: who asks, why and when; its action is made `report`.
  ///   - random: draws the sample.
  public func control(
    since: Int64, until: Int64, rules: ControlRules, asking: AuditEvent,
    random: some RandomNumberGenerator = SystemRandomNumberGenerator()
  ) async throws -> ControlReport {
    var asking = asking
    asking.action = .report
    try await log(asking, about: nil)
    var control = Control(rules: rules, random: random)
    let relations = Int64(rules.relationDays) * 86_400_000
    var query = AuditQuery()
    query.since = since - relations
    query.until = until + relations
    try visit(query) { entry in
      if let record = AuditRecord(entry.record), query.matches(record.event) {
        control.note(record, entry.number, isControlled: (since..<until).contains(record.event.time))
      }
      return true
    }
    return ControlReport(rows: control.rows())
  }
}

/// One control while it reads the log.
private struct Control<Random: RandomNumberGenerator> {
  private struct Visit: Hashable {
    let unit: String
    let patient: [UInt8]
  }

  private struct PersonDay: Hashable {
    let person: String
    let day: Int
  }

  private struct Access {
    let number: Int
    let record: AuditRecord
  }

  let rules: ControlRules
  var random: Random
  private var accesses: [Access] = []
  private var relations: [Visit: [Int64]] = [:]
  private var patients: [PersonDay: Set<[UInt8]>] = [:]

  init(rules: ControlRules, random: Random) {
    self.rules = rules
    self.random = random
  }

  private static var relating: Set<AuditAction> { [.receive, .translate, .deliver, .write, .sign] }
  private static var accessing: Set<AuditAction> {
    [.read, .search, .print, .emergency, .delete, .write, .sign]
  }

  mutating func note(_ record: AuditRecord, _ number: Int, isControlled: Bool) {
    let event = record.event
    if let patient = record.patient, Self.relating.contains(event.action), event.outcome == .done {
      relations[Visit(unit: event.careUnit, patient: patient.pseudonym), default: []].append(event.time)
    }
    guard isControlled, !event.person.isEmpty, Self.accessing.contains(event.action) else { return }
    accesses.append(Access(number: number, record: record))
    if let patient = record.patient {
      patients[day(event), default: []].insert(patient.pseudonym)
    }
  }

  mutating func rows() -> [ControlReport.Row] {
    let sampled = sample()
    return accesses.flatMap { access in
      rules(for: access, sampled).map { rule in
        ControlReport.Row(
          rule: rule, entry: FoundEntry(number: access.number, event: access.record.event),
          patient: access.record.patient.map { Hexadecimal.text($0.pseudonym) } ?? "")
      }
    }
  }

  private func rules(for access: Access, _ sampled: Set<Int>) -> [ControlReport.Rule] {
    let event = access.record.event
    return ControlReport.Rule.allCases.filter { rule in
      switch rule {
      case .sample: sampled.contains(access.number)
      case .outsideHours: isOutsideHours(event.time)
      case .noCareRelation: !isRelated(access.record)
      case .highVolume: (patients[day(event)]?.count ?? 0) >= rules.patientsPerDay
      case .emergency: event.action == .emergency
      }
    }
  }

  private func isOutsideHours(_ time: Int64) -> Bool {
    let (hour, weekday) = LocalTime.hour(time)
    return hour < rules.opens || hour >= rules.closes || !rules.weekdays.contains(weekday)
  }

  /// An access by itself is no relation.
  private func isRelated(_ record: AuditRecord) -> Bool {
    guard let patient = record.patient else { return true }
    let times = relations[Visit(unit: record.event.careUnit, patient: patient.pseudonym)] ?? []
    return times.contains { abs($0 - record.event.time) <= Int64(rules.relationDays) * 86_400_000 }
  }

  private func day(_ event: AuditEvent) -> PersonDay {
    PersonDay(person: event.person, day: LocalTime.day(event.time))
  }

  /// So many of each care unit, all with the same chance.
  private mutating func sample() -> Set<Int> {
    var drawn: Set<Int> = []
    let units = Dictionary(grouping: accesses, by: \.record.event.careUnit)
    for unit in units.keys.sorted() {
      drawn.formUnion((units[unit] ?? []).map(\.number).shuffled(using: &random).prefix(rules.samplePerUnit))
    }
    return drawn
  }
}
