import Diagnostics
import FHIRPath
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// FHIRPath over FHIR R4: types, choice elements, references and primitives' extensions, from JSON and from XML.
@Suite("Formulas about FHIR resources")
struct FHIRFormulaTests {
  private let library: MappingLibrary

  init() throws { library = try MappingFolder.load(RepositoryFolder.path + "/Mappings") }

  private static let json = """
    {"resourceType": "Observation", "id": "o1", "status": "final",
     "contained": [{"resourceType": "Patient", "id": "p1", "gender": "female",
       "name": [{"given": ["Åsa", null], "_given": [null, {"extension": [{"url": "http://x.se/why", "valueCode": "unknown"}]}]}],
       "_birthDate": {"extension": [{"url": "http://x.se/why", "valueString": "masked"}]}}],
     "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5"}]},
     "subject": {"reference": "#p1"},
     "effectiveDateTime": "2026-11-20T10:15:00+01:00",
     "valueQuantity": {"value": 37.50, "unit": "°C", "system": "http://unitsofmeasure.org", "code": "Cel"},
     "component": [{"code": {"text": "n"}, "valueInteger": 3}, {"code": {"text": "s"}, "valueString": "3"}]}
    """

  private static let xml = """
    <Observation xmlns="http://hl7.org/fhir"><id value="o1"/>
      <contained><Patient><id value="p1"/>
        <name><given value="Åsa"/><given><extension url="http://x.se/why"><valueCode value="unknown"/></extension></given></name>
        <gender value="female"/>
        <birthDate><extension url="http://x.se/why"><valueString value="masked"/></extension></birthDate>
      </Patient></contained>
      <status value="final"/>
      <code><coding><system value="http://loinc.org"/><code value="8310-5"/></coding></code>
      <subject><reference value="#p1"/></subject>
      <effectiveDateTime value="2026-11-20T10:15:00+01:00"/>
      <valueQuantity><value value="37.50"/><unit value="°C"/><system value="http://unitsofmeasure.org"/><code value="Cel"/></valueQuantity>
      <component><code><text value="n"/></code><valueInteger value="3"/></component>
      <component><code><text value="s"/></code><valueString value="3"/></component>
    </Observation>
    """

  private func answers(_ formula: String, about document: String) throws -> [String] {
    let document = try FormulaDocument(
      Array(document.utf8), named: "o", now: "2026-11-21T10:15:00.000+01:00", library: library)
    return try document.evaluate(try document.formula(formula)).map(\.text)
  }

  @Test(
    "JSON and XML give the same answers",
    arguments: [
      ("Observation.status", ["final"]), ("value.value", ["37.50"]), ("value is Quantity", ["true"]),
      ("value > 99 '[degF]'", ["true"]), ("value.type().name", ["Quantity"]),
      ("status.type().name", ["code"]),
      ("status is string", ["true"]), ("status is System.String", ["false"]),
      ("Observation is DomainResource", ["true"]),
      ("component.value", ["3", "3"]), ("component.value.ofType(integer)", ["3"]),
      ("component.where(value is string).code.text", ["s"]), ("effective + 1 day < now()", ["false"]),
      ("effective as dateTime", ["2026-11-20T10:15:00+01:00"]), ("effective as Period", []),
      ("subject.resolve().gender", ["female"]), ("subject.resolve() is Patient", ["true"]),
      ("contained.ofType(Patient).name.given.count()", ["2"]),
      ("contained.ofType(Patient).name.given.hasValue()", ["false"]),
      ("contained.ofType(Patient).name.given.select(hasValue())", ["true", "false"]),
      ("contained.ofType(Patient).name.given.extension('http://x.se/why').value", ["unknown"]),
      ("contained.ofType(Patient).birthDate.extension.value", ["masked"]),
      ("contained.ofType(Patient).birthDate.exists()", ["true"]),
      ("contained.ofType(Patient).birthDate.hasValue()", ["false"]),
      ("descendants().where($this is Quantity).code", ["Cel"]),
      ("code.coding.where(system = %loinc).code", ["8310-5"]),
      ("code.memberOf('npo/codes/none')", nil), ("valueQuantity.value", nil), ("subject.refernce", nil),
      ("(value as Period).unit", nil),
    ] as [(String, [String]?)])
  func bothForms(formula: String, expected: [String]?) throws {
    for document in [Self.json, Self.xml] {
      if let expected {
        #expect(try answers(formula, about: document) == expected, "\(formula)")
      } else {
        #expect(throws: FormulaFault.self, "\(formula)") { try answers(formula, about: document) }
      }
    }
  }

  @Test("A code table says which codes there are")
  func codeTable() throws {
    #expect(try answers("status.memberOf('visiba/codes/encounter-status')", about: Self.json) == ["false"])
    let document = #"{"resourceType":"Encounter","status":"finished","class":{"code":"VR"}}"#
    #expect(try answers("status.memberOf('visiba/codes/encounter-status')", about: document) == ["true"])
  }

  @Test("References find the entries of a Bundle")
  func bundle() throws {
    let bundle = """
      {"resourceType":"Bundle","type":"collection","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Encounter","id":"e","status":"finished",
          "class":{"code":"VR"},"subject":{"reference":"Patient/p"},"episodeOfCare":[{"reference":"urn:uuid:2"}]}},
        {"fullUrl":"urn:uuid:2","resource":{"resourceType":"EpisodeOfCare","id":"c","status":"active",
          "patient":{"reference":"Patient/p"}}},
        {"resource":{"resourceType":"Patient","id":"p","active":true}}]}
      """
    let encounter = "entry.resource.ofType(Encounter)"
    #expect(try answers(encounter + ".subject.resolve().ofType(Patient).active", about: bundle) == ["true"])
    #expect(try answers(encounter + ".episodeOfCare.resolve().status", about: bundle) == ["active"])
    #expect(
      try answers("entry.resource.type().name", about: bundle) == ["Encounter", "EpisodeOfCare", "Patient"])
  }

  @Test("What no shape describes is read as it stands")
  func unshaped() throws {
    let document = #"{"a":{"b":[1,2.5,"x",true]},"n":null}"#
    #expect(try answers("a.b.count()", about: document) == ["4"])
    #expect(try answers("a.b[0] + a.b[1]", about: document) == ["3.5"])
    #expect(try answers("a.b.ofType(Boolean)", about: document) == ["true"])
    #expect(try answers("n.exists() or a.c.exists()", about: document) == ["false"])
  }
}
