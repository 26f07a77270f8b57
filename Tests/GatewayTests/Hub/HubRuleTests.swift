import Diagnostics
import Gateway
import Mapping
import Testing

/// What is wrong with files about the hub's store is told with its place.
struct HubRuleTests {
  private func refusal(_ text: String, beside others: [ConfigurationFile] = []) -> [String] {
    let shape = ConfigurationFile(
      path: "hub/Encounter.shape.yaml", name: "hub/Encounter",
      text:
        "shape: hub/Encounter\nformat: json\nfields: {resourceType: = Encounter, id: text, status: text}\n")
    let store = ConfigurationFile(path: "store.yaml", name: "store", text: text)
    do throws(DiagnosticError) {
      _ = try MappingLibrary([shape, store] + others)
      return []
    } catch {
      return error.diagnostics.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" }
    }
  }

  @Test("A file that is well is taken")
  func well() {
    let text = "resources:\n  Encounter:\n    key: [= id, [= id, = status], {Encounter: = id}]\n"
    #expect(refusal(text).isEmpty)
  }

  @Test(
    "A wrong file is refused where it is wrong",
    arguments: [
      ("resources: {Encunter: {key: = id}}", "1:13"),
      ("resources:\n  Encounter: {key: = idd}", "2:22"),
      ("resources:\n  Encounter: {key: id}", "2:20"),
      ("resources:\n  Encounter: {kez: = id}", "2:15"),
      ("resources: {Encounter: {key: = id}}\ntime-zone: Nowhere", "2:12"),
      ("resources: {Encounter: {key: = id, search: {a: {token: = id, date: = id}}}}", "1:45"),
    ])
  func wrong(_ text: String, _ place: String) {
    let found = refusal(text)
    #expect(found.contains { $0.hasSuffix(" \(place)") }, "\(found)")
  }

  @Test("A misspelled mapping is refused; what is said of one that the folder has not does nothing")
  func mappings() {
    let visit = [
      ConfigurationFile(
        path: "a/visit.shape.yaml", name: "a/visit",
        text: "shape: a/visit\nformat: json\nfields: {id: string, status: string}\n"),
      ConfigurationFile(
        path: "a/visit.map.yaml", name: "a/visit",
        text: "mapping: a/visit\nhub: {visit: Encounter}\nboth:\n  id: visit.id\n  status: visit.status\n"),
    ]
    let rules = { (name: String) in
      "resources: {Encounter: {key: = id}}\nmessages: {\(name): {lists: [Encounter]}}\n"
    }
    #expect(refusal(rules("a/visti"), beside: visit).contains { $0.hasSuffix(" 2:12") })
    #expect(refusal(rules("finance/batch"), beside: visit).isEmpty)
  }

  @Test("Dates and times are stretches, those without an offset by the clocks of their zone")
  func calendar() throws {
    let calendar = try HubTrial.library.get().hubRules.calendar
    let day = try #require(calendar.times("2026-03-29"))
    // The night without its third hour.
    #expect(day.upperBound - day.lowerBound == 23 * 3_600_000 - 1)
    #expect(day.lowerBound == calendar.times("2026-03-28T23:00:00.000Z")?.lowerBound)
    #expect(calendar.times("2026-03-28T23:00:00Z") == day.lowerBound...(day.lowerBound + 999))
    #expect(calendar.times("2026-02")?.count == 28 * 86_400_000)
    #expect(calendar.times("2026-11-20T10:15:00.250+01:00")?.count == 1)
    for wrong in ["", "20261120", "2026-13", "2026-11-20T", "2026-11-20T10:15:00+1", "tomorrow"] {
      #expect(calendar.times(wrong) == nil)
    }
  }
}
