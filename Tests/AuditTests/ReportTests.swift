import Audit
import Foundation
import Store
import TestRig
import Testing

@Suite("Searching and reporting")
struct ReportTests {
  let files: TemporaryLog
  static let asking = AuditEvent(
    time: TemporaryLog.time + 10_000_000, action: .read, system: "SE2321000016-SYS",
    person: "SE2321000016-DPO",
    purpose: "Administration")

  init() throws {
    files = try TemporaryLog()
  }

  @Test("Entries are found by patient, person, unit, time and action, and each search is logged")
  func searching() async throws {
    let events = TemporaryLog.readings(0..<9000)
    try await files.log.append(events)
    func numbers(_ set: (inout AuditQuery) -> Void, _ matches: (AuditEvent) -> Bool) async throws {
      var query = AuditQuery()
      set(&query)
      let found = try await files.log.search(query, asking: Self.asking)
      #expect(found.map(\.number).filter { $0 < 9000 } == events.indices.filter { matches(events[$0]) })
    }
    let patient = TemporaryLog.patient(4)
    try await numbers({ $0.patient = patient }, { $0.patient == patient })
    try await numbers({ $0.person = "SE2321000016-DOC3" }, { $0.person == "SE2321000016-DOC3" })
    try await numbers({ $0.careUnit = "SE2321000016-VE1" }, { $0.careUnit == "SE2321000016-VE1" })
    let since = TemporaryLog.time + 5_000_500
    try await numbers(
      {
        $0.since = since; $0.until = since + 60_000
      }, { (since..<since + 60_000).contains($0.time) })
    try await numbers({ $0.action = .write }, { _ in false })
    try await numbers({ $0.patient = TemporaryLog.tolvan }, { _ in false })
    #expect(try files.store.auditSize() == 9006)
    let logged = try files.store.auditEntries(from: 9000, limit: 1).first
    let event = try #require(try logged.flatMap { try files.log.event($0) })
    #expect(event.action == .search && event.patient == patient && event.person == "SE2321000016-DPO")
  }

  @Test("A patient reads in Swedish who has read the record")
  func patientReport() async throws {
    var refused = TemporaryLog.reading(2)
    refused.outcome = .refused
    var system = TemporaryLog.reading(3)
    system.action = .translate
    try await files.log.append([TemporaryLog.reading(1), refused, system, TemporaryLog.reading(4, of: nil)])
    let report = try await files.log.report(TemporaryLog.tolvan, asking: Self.asking)
    let text = report.text(for: TemporaryLog.tolvan)
    #expect(
      text.hasPrefix(
        """
        Åtkomst till uppgifter om 191212121212

        2025-11-20 13:00:01  Läsning (genomförd)
          Vårdgivare: SE2321000016-VG
          Vårdenhet: SE2321000016-VE1
          Person: SE2321000016-DOC1 Läkare
          Syfte: Vård och behandling
          Uppgifter: Vårdkontakt, Journaltext

        2025-11-20 13:00:02  Läsning (nekad)
        """))
    #expect(report.entries.map(\.number) == [0, 1, 4])
    #expect(report.csv.split(separator: "\r\n").count == 4)
    let rows = try JSONDecoder().decode([[String: String]].self, from: Data(report.json.utf8))
    #expect(rows.map { $0["utfall"] } == ["genomförd", "nekad", "genomförd"])
    let none = try await files.log.report(TemporaryLog.patient(1), asking: Self.asking)
    #expect(none.entries.map(\.event.action) == [.report])
  }

  @Test("No field of a table is a formula")
  func formulas() async throws {
    var event = TemporaryLog.reading(1)
    event.role = "=1+1;\"x\""
    try await files.log.append([event])
    let report = try await files.log.report(TemporaryLog.tolvan, asking: Self.asking)
    #expect(report.csv.contains("\"'=1+1;\"\"x\"\"\""))
  }

  @Test("Each rule of systematic control selects what it says, and says so")
  func control() async throws {
    // A Thursday in November, 13 o'clock in Sweden.
    var related = TemporaryLog.reading(1, of: TemporaryLog.patient(1))
    related.careUnit = "U"
    var written = related
    written.action = .write
    written.person = ""
    var stranger = related
    stranger.patient = TemporaryLog.patient(2)
    var night = related
    night.time += 10 * 3_600_000
    var weekend = related
    weekend.time += 2 * 86_400_000
    var emergency = related
    emergency.action = .emergency
    var many = (0..<5).map { TemporaryLog.reading($0, of: TemporaryLog.patient($0 + 5)) }
    for index in many.indices { many[index].person = "BUSY" }
    try await files.log.append([written, related, stranger, night, weekend, emergency] + many)
    let rules = try ControlRules(
      """
      outside hours: {opens: 8, closes: 17, weekdays: 1-5}
      high volume: {patients per day: 5}
      no care relation: {days: 30}
      sample: {per care unit: 1}
      """, file: "rules.yaml")
    let report = try await files.log.control(
      since: TemporaryLog.time, until: TemporaryLog.time + 7 * 86_400_000, rules: rules, asking: Self.asking,
      random: Seeded(seed: 1))
    func numbers(_ rule: ControlReport.Rule) -> [Int] {
      report.rows.filter { $0.rule == rule }.map(\.entry.number)
    }
    #expect(numbers(.outsideHours) == [3, 4])
    #expect(numbers(.noCareRelation) == [2] + Array(6..<11))
    #expect(numbers(.highVolume) == Array(6..<11))
    #expect(numbers(.emergency) == [5])
    #expect(Set(report.rows.filter { $0.rule == .sample }.map(\.entry.event.careUnit)).count == 4)
    #expect(numbers(.sample).count == 4)
    #expect(report.csv.contains("high volume;"))
    #expect(try files.store.auditEntries(from: 11, limit: 9).count == 1)
  }

  @Test(
    "A rule that there is not is refused", arguments: ["high volume: {a: 1}", "sample: {per care unit: x}"])
  func badRules(_ text: String) {
    #expect(throws: AuditError.self) { try ControlRules(text, file: "rules.yaml") }
  }
}
