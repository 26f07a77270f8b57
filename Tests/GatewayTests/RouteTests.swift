import Diagnostics
import Gateway
import Mapping
import Testing

/// Which messages take which routes, and what is wrong with files of routes.
struct RouteTests {
  private let shapes = [
    ConfigurationFile(
      path: "visit.shape.yaml", name: "visit",
      text: "shape: visit\nformat: json\nfields: {id: string, status: string, patient?: string}\n"),
    ConfigurationFile(
      path: "hub/Encounter.shape.yaml", name: "hub/Encounter",
      text: "shape: hub/Encounter\nformat: json\nfields: {resourceType: = Encounter, id: text, status: text, "
        + "subject?: text}\n"),
    ConfigurationFile(
      path: "visit.map.yaml", name: "visit",
      text: "mapping: visit\nhub: {visit: Encounter}\nboth:\n  id: visit.id\n  status: visit.status\n"
        + "  patient: visit.subject\n"),
  ]

  private func library(_ routes: String) throws(DiagnosticError) -> MappingLibrary {
    try MappingLibrary(shapes + [ConfigurationFile(path: "routes.yaml", name: "routes", text: routes)])
  }

  /// The routes that a visit takes, and the orders.
  private func taken(_ routes: String, status: String, patient: String?) throws -> [String] {
    let library = try library(routes)
    let translator = Translator(library)
    let patient = patient.map { ", \"patient\": \"\($0)\"" } ?? ""
    let visit = "{\"id\": \"1\", \"status\": \"\(status)\"\(patient)}"
    let mapping = try library.mapping("visit")
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.read(Array(visit.utf8), as: mapping, named: "visit", receipt: receipt)
    return try translator.route(mapping).map { "\($0.route.name) \($0.order ?? "-")" }
  }

  private func refusal(_ routes: String) -> [String] {
    do throws(DiagnosticError) {
      _ = try library(routes)
      return []
    } catch {
      return error.diagnostics.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" }
    }
  }

  private let finished = """
    routes:
      finished:
        from: visit
        when: = visit.status = 'finished'
        to: {journal: visit, archive: hub}
        order: = visit.subject
      all:
        from: [visit]
        to: {archive: hub}
    """

  @Test("A message takes the routes whose conditions hold, each with its order")
  func conditions() throws {
    #expect(try taken(finished, status: "finished", patient: "p") == ["finished p", "all -"])
    #expect(try taken(finished, status: "finished", patient: nil) == ["finished -", "all -"])
    #expect(try taken(finished, status: "planned", patient: "p") == ["all -"])
  }

  @Test("A route says who gets what, and how hard it is tried")
  func policies() throws {
    let library = try library(
      """
      routes:
        patient:
          from: visit
          to: {journal: visit}
          delivery: {timeout: 5 s, backoff: 500 ms to 2 min, give-up-after: 14 d, when-dead: step-aside, success: [202, 300-302]}
      """)
    let route = try #require(try library.mapping("visit").routes.first)
    #expect(route.destinations.map(\.target) == ["journal"])
    #expect(route.policy.timeout == .seconds(5))
    #expect(route.policy.backoff == .milliseconds(500)...Duration.seconds(120))
    #expect(route.policy.giveUpAfter == .seconds(14 * 86_400))
    #expect(route.policy.whenDead == .stepAside)
    #expect(route.policy.success == [202...202, 300...302])
  }

  @Test("Pauses double up to the longest, and a random part of them is waited")
  func pauses() {
    var policy = DeliveryPolicy()
    policy.backoff = .seconds(1)...Duration.seconds(60)
    #expect(policy.pause(after: 1, random: 0.5) == .milliseconds(500))
    #expect(policy.pause(after: 3, random: 0.25) == .seconds(1))
    #expect(policy.pause(after: 1000, random: 0.5) == .seconds(30))
    #expect(policy.pause(after: 0, random: 0) == .zero)
  }

  @Test(
    "What is wrong is told with its place",
    arguments: [
      ("routes:\n  r: {from: visitt, to: {journal: visit}}\n", "SL0617 2:13"),
      ("routes:\n  r: {from: visit, to: {journal: visitt}}\n", "SL0617 2:34"),
      ("routes:\n  r: {from: visit}\n", "SL0405 2:6"),
      ("routes:\n  r:\n    from: visit\n    to: {a: hub}\n    when: = visit.statu = 'x'\n", "SL0601 5:19"),
      ("routes:\n  r:\n    from: visit\n    to: {a: hub}\n    when: = visit.status\n", "SL0803 5:13"),
      ("routes:\n  r:\n    from: visit\n    to: {a: hub}\n    when: visit.status\n", "SL0406 5:11"),
      ("routes:\n  r: {from: visit, to: {a: hub}, delivery: {timeout: 10}}\n", "SL0406 2:54"),
      ("routes:\n  r: {from: visit, to: {a: hub}, delivery: {backoff: 1 h to 1 s}}\n", "SL0406 2:54"),
      ("routes:\n  r: {from: visit, to: {a: hub}, delivery: {success: 299-200}}\n", "SL0406 2:54"),
      ("routes:\n  r: {from: visit, too: {a: hub}}\n", "SL0404 2:20"),
    ])
  func faults(_ text: String, _ expected: String) {
    #expect(refusal(text).contains(expected), "found \(refusal(text))")
  }
}
