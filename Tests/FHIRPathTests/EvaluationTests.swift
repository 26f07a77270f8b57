import Diagnostics
import Testing

@testable import FHIRPath

@Suite struct EvaluationTests {
  @Test(
    "JSON and XML give the same answers",
    arguments: [
      ("visit.type", "'chat'"), ("visit.type = 'chat'", "true"), ("visit.minutes + 1", "13"),
      ("visit.price * 2", "25.00"), ("visit.urgent and visit.minutes > 5", "true"),
      ("visit.diagnosis.code", "'J06.9', 'R05'"), ("visit.diagnosis[1].code", "'R05'"),
      ("visit.diagnosis.count()", "2"), ("visit.diagnosis.where(code = 'R05').rank", "2"),
      ("visit.diagnosis.where(rank > 1).code", "'R05'"), ("visit.patient.name.given.count()", "3"),
      ("visit.patient.name.given.distinct()", "'Åsa', 'Eva'"),
      ("visit.patient.name.select(given.first() & ' ' & family)", "'Åsa Åberg', 'Åsa Berg'"),
      ("visit.startedAt = @2026-11-21T09:15:00Z", "true"), ("visit.patient.born < @1991", "true"),
      ("visit.note.exists()", "false"), ("visit.day.exists()", "false"),
      ("visit.patient = visit.patient", "true"),
      ("doctor.born.exists()", "false"), ("visit.diagnosis.all(code.exists())", "true"),
      ("visit.diagnosis.where($index = 0).code", "'J06.9'"),
      ("visit.diagnosis.exists(visit.minutes > rank)", "true"),
    ])
  func paths(text: String, expected: String) throws {
    #expect(try answer(text, about: Visit.json) == expected)
    #expect(try answer(text, about: Visit.xml) == expected)
  }

  @Test("Without a shape, a value is what the document says it is")
  func unknown() throws {
    #expect(try answer("visit.extra.count()") == "3")
    #expect(try answer("visit.extra[0] = 3") == "true")
    #expect(try answer("visit.extra[1] = 'three'") == "true")
    #expect(try answer("visit.extra[0] = 'three'") == "false")
    #expect(try answer("visit.extra[2].code.first() = 4") == "true")
    #expect(throws: FormulaFault.self) { try answer("visit.extra[1] > 2") }
  }

  @Test("The formula may be about an element itself")
  func context() throws {
    let scope = Clinic(isAboutVisit: true)
    #expect(try answers("type & '/' & $this.type & %context.type", in: scope) == ["'chat/chatchat'"])
    #expect(try answers("diagnosis.where(%context.urgent).code", in: scope).count == 2)
  }

  @Test("Variables are read by index")
  func variables() throws {
    #expect(try answer("%id & '!'") == "'018f3c1e!'")
    #expect(try answer("%received >= visit.startedAt") == "true")
  }

  @Test("Several values where one is needed are a fault at run time, at their place")
  func singletons() throws {
    let (formula, range) = marked("«visit.diagnosis».single().code")
    let fault = #expect(throws: FormulaFault.self) { try answer(formula) }
    #expect(fault == FormulaFault(.formulaType(expected: "one value", found: "2 values"), at: range))
  }

  @Test("No formula runs away")
  func budget() {
    let thousand =
      "('a' & visit.type & 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('', 'aaaaaaaaaaaaaaaaaaaaaaaa')"
    let split = thousand + ".split('')"
    let nested = split + ".select(" + split + ".select(" + split + ".select(" + split + ".count())))"
    let fault = #expect(throws: FormulaFault.self) { try answer(nested) }
    #expect(fault?.problem == .formulaType(expected: "less work", found: "no answer in 1000000 steps"))
    let grown = "'aaaaaaaaaaaaaaaa'" + String(repeating: ".replace('a', 'aaaaaaaaaaaaaaaa')", count: 12)
    #expect(throws: FormulaFault.self) { try answer(grown) }
  }
}
