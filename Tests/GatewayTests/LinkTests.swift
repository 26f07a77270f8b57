import Diagnostics
import Gateway
import Mapping
import Testing

/// Resources that are found by what they refer to, and slices that are told apart.
struct LinkTests {
  private let shapes = [
    ConfigurationFile(
      path: "visit.shape.yaml", name: "visit",
      text: """
        shape: visit
        format: json
        fields: {findings*: {code: string, source?: string}}
        """),
    ConfigurationFile(
      path: "hub/Condition.shape.yaml", name: "hub/Condition",
      text: """
        shape: hub/Condition
        format: json
        fields: {resourceType: = Condition, id?: text, code: text, status?: Concept, kind?: Concept}
        types: {Concept: {coding*: {system?: text, code?: text}}}
        """),
    ConfigurationFile(
      path: "hub/Provenance.shape.yaml", name: "hub/Provenance",
      text: """
        shape: hub/Provenance
        format: json
        fields: {resourceType: = Provenance, target*: {reference: text}, agent?: text}
        """),
  ]

  @Test("A resource that refers to several is found from each of them")
  func severalTargets() throws {
    let text = """
      mapping: visit
      both:
        findings*:
          each: {finding: Condition, origin: Provenance where target = finding}
          both: {code: finding.code, source: origin.agent}
      """
    let library = try MappingLibrary(
      shapes + [ConfigurationFile(path: "visit.map.yaml", name: "visit", text: text)])
    let translator = Translator(library)
    let hub = """
      {"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Provenance", "agent": "A",
          "target": [{"reference": "Condition/1"}, {"reference": "Condition/3"}, {"reference": "Condition/1"}]}},
        {"resource": {"resourceType": "Condition", "id": "1", "code": "x"}},
        {"resource": {"resourceType": "Condition", "id": "2", "code": "y"}},
        {"resource": {"resourceType": "Condition", "id": "3", "code": "z"}},
        {"resource": {"resourceType": "Provenance", "agent": "B", "target": [{"reference": "Condition/2"}]}}]}
      """
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.readHub(Array(hub.utf8), named: "hub", receipt: receipt)
    let written = String(decoding: try translator.write(as: try library.mapping("visit")), as: UTF8.self)
    #expect(
      written
        == #"{"findings":[{"code":"x","source":"A"},{"code":"y","source":"B"},{"code":"z","source":"A"}]}"#)
  }

  @Test(
    "Two slices of one name that mean different things are told, also when they stand at different fields of one type"
  )
  func collidingSlices() {
    let text = """
      mapping: visit
      slices:
        Condition.status.coding[main]: {system: a}
        Condition.kind.coding[main]: {system: b}
      both:
        findings*:
          each: Condition finding
          both:
            code: finding.status.coding[main].code
            source: finding.kind.coding[main].code
      """
    let file = ConfigurationFile(path: "visit.map.yaml", name: "visit", text: text)
    do throws(DiagnosticError) {
      _ = try MappingLibrary(shapes + [file])
      Issue.record("it was taken")
    } catch {
      let told = error.diagnostics.map { "\($0.code.rawValue) \($0.place.line)" }
      #expect(told.contains("SL0615 4"), "\(error.diagnostics)")
    }
  }
}
