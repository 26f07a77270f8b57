import Mapping
import Store
import TestRig
import Testing

@testable import Gateway

/// Which rule decides how long the messages of a mapping are kept.
@Suite("The plan of what may go")
struct RetentionPlanTests {
  private static let now: Int64 = 1_795_258_800_000
  private static let day: Int64 = 86_400_000

  private func plan(_ yaml: String) throws -> RetentionPlan {
    let configuration = try GatewayConfiguration(text: "systems: anybody\n" + yaml, named: "sluss.yaml")
    let rules = try MappingFolder.load(RepositoryFolder.path + "/Mappings").hubRules.messages
    return RetentionPlan(configuration.retention, rules, at: Self.now)
  }

  /// After how many days the content of a mapping's messages goes; nil for never.
  private func days(_ mapping: String, _ plan: RetentionPlan) -> Int64? {
    let meant = plan.bodies.filter { $0.isMeant(mapping) }
    #expect(meant.count <= 1)
    return meant.first.map { (Self.now - $0.before) / Self.day }
  }

  @Test("is 14 days after the visit for the video platform, and nothing else, where nobody says more")
  func usual() throws {
    let plan = try plan("")
    #expect(days("visiba/visit-event", plan) == 14 && days("journal/adt", plan) == nil)
    let visits = plan.bodies.first { $0.isMeant("visiba/visit-event") }
    #expect(visits?.ended == ["Appointment", "Encounter"])
    #expect(plan.hub.isEmpty && plan.versionsBefore == nil)
  }

  @Test("goes by the first line of sluss.yaml that fits, and by store.yaml where none does")
  func configured() throws {
    let plan = try plan(
      """
      retention:
        messages: {journal/adt: forever, "journal/*": 90 d, visiba/patient: 3 d, "chat/*": forever}
        hub: {"visiba*": 14 d}
        versions: 30 d
      """)
    #expect(days("journal/adt", plan) == nil && days("journal/mdm", plan) == 90)
    #expect(days("visiba/patient", plan) == 3 && days("visiba/visit-event", plan) == 14)
    #expect(days("chat/visit", plan) == nil)
    #expect(plan.hub.map(\.before) == [Self.now - 14 * Self.day])
    #expect(plan.versionsBefore == Self.now - 30 * Self.day)
  }

  @Test(
    "keeps what the visits of a mapping say, also where the time is another; a changed rule has another name")
  func names() throws {
    let first = try plan("retention: {messages: {\"visiba/*\": 30 d}}").bodies
    #expect(first.first { $0.isMeant("visiba/visit-event") }?.ended == ["Appointment", "Encounter"])
    let second = try plan("retention: {messages: {\"visiba/*\": 31 d}}").bodies
    #expect(first.first?.rule != second.first?.rule)
    #expect(Set(first.map(\.rule)).count == first.count)
  }
}
