import Diagnostics
import Testing

@testable import FHIRPath

@Suite struct CheckTests {
  private func expect(_ text: String, _ problem: Problem, in scope: Clinic = Clinic()) {
    let (formula, range) = marked(text)
    let fault = #expect(throws: FormulaFault.self, "\(formula)") { try compiled(formula, in: scope) }
    #expect(fault == FormulaFault(problem, at: range), "\(formula)")
  }

  @Test("An unknown member is told with near names")
  func unknownMember() {
    expect(
      "visit.«tpye» = 'chat'",
      .unknownPath(segment: "tpye", inside: "visit", shape: "clinic", near: ["type"]))
    expect(
      "visit.diagnosis.where(«cod» = 'R05')",
      .unknownPath(segment: "cod", inside: "diagnosis", shape: "clinic", near: ["code"]))
    expect("visit.type.«x»", .unknownPath(segment: "x", inside: "string", shape: "clinic", near: []))
    expect(
      "«minuts» > 5", .unknownPath(segment: "minuts", inside: "visit", shape: "clinic", near: ["minutes"]),
      in: Clinic(isAboutVisit: true))
  }

  @Test("An unknown name or variable is told with near names")
  func unknownName() {
    expect("«vist».type", .unknownName(name: "vist", near: ["visit"]))
    expect("«%recieved»", .unknownName(name: "%recieved", near: ["%received"]))
  }

  @Test("An unknown function or type is told with near names")
  func unknownFunction() {
    expect("visit.type.«lenght»()", .unknownFunction(name: "lenght", near: ["length"]))
    expect("visit is «Encounter»", .unknownName(name: "Encounter", near: []))
    expect("visit.extra.ofType(«Strin»)", .unknownName(name: "Strin", near: ["String"]))
    expect(
      "visit.type.memberOf(«'contact-form'»)", .unknownName(name: "contact-form", near: ["contact-forms"]))
  }

  @Test("Types that never go together are a fault")
  func clashes() {
    expect("visit.type = «5»", .formulaType(expected: "string", found: "integer"))
    expect("visit.minutes < «'5'»", .formulaType(expected: "integer", found: "string"))
    expect("'a' & «visit.minutes»", .formulaType(expected: "string", found: "integer"))
    expect("iif(«visit.type», 'a', 'b')", .formulaType(expected: "boolean", found: "string"))
    expect("iif(true, 'a', «2»)", .formulaType(expected: "string", found: "integer"))
    expect("visit.urgent and «visit.type»", .formulaType(expected: "boolean", found: "string"))
    expect("«visit.minutes».length()", .formulaType(expected: "string", found: "integer"))
    expect("visit.type.startsWith(«1»)", .formulaType(expected: "string", found: "integer"))
    expect("visit.patient = «'a'»", .formulaType(expected: "patient", found: "string"))
    expect("«visit.type» * 2", .formulaType(expected: "a number", found: "string"))
    expect(
      "«5» in ('a' | 'b')",
      .formulaType(expected: "string", found: "integer"))
  }

  @Test("Several values where one is needed are a fault")
  func repeating() {
    let problem = Problem.formulaType(
      expected: "one value, such as its `.first()`", found: "several values")
    expect("«visit.diagnosis.code» & 'x'", problem)
    expect("«visit.diagnosis.rank» > 1", problem)
    expect("iif(«visit.diagnosis.select(true)», 1)", problem)
    expect("«visit.patient.name.given».upper()", problem)
    #expect(throws: Never.self) { try compiled("visit.diagnosis.first().code & visit.diagnosis[0].code") }
  }

  @Test("A call with too many or too few arguments is a fault")
  func arguments() {
    expect("visit.«count»(1)", .formulaSyntax(expected: "no argument in `count(…)`"))
    expect("«iif»(true)", .formulaSyntax(expected: "2 to 3 arguments in `iif(…)`"))
  }

  @Test(
    "The result's type and number are known",
    arguments: [
      ("visit.type", FormulaType.value(.string), false), ("visit.diagnosis", .object(3), true),
      ("visit.diagnosis.first()", .object(3), false), ("visit.diagnosis[0].rank", .value(.integer), false),
      ("visit.diagnosis.where(code = 'x').rank", .value(.integer), true),
      ("iif(visit.urgent, 1, 2.5)", .value(.decimal), false),
      ("iif(visit.urgent, {}, 'a')", .value(.string), false),
      ("visit.minutes + 1", .value(.integer), false), ("visit.minutes / 2", .value(.decimal), false),
      ("visit.extra", .unknown, true), ("1 | 2", .value(.integer), true), ("{}", .unknown, false),
      ("visit.patient.name.select(given.first())", .value(.string), true),
      ("%received", .value(.dateTime), false),
    ])
  func results(text: String, type: FormulaType, repeats: Bool) throws {
    let formula = try compiled(text)
    #expect(formula.type == type)
    #expect(formula.repeats == repeats)
  }

  @Test("A formula without path and variable reads nothing")
  func readsNothing() throws {
    for text in ["'a'", "'a' & 'b'", "iif(1 < 2, 'a')", "('a' | 'b').where($this = 'a')"] {
      #expect(try compiled(text).readsNothing, "\(text)")
    }
    for text in [
      "now()", "today() < @2026", "'Patient/1'.resolve()", "visit.type", "%id", "iif(visit.urgent, 'a')",
    ] {
      #expect(try !compiled(text).readsNothing, "\(text)")
    }
    #expect(try !compiled("type", in: Clinic(isAboutVisit: true)).readsNothing)
    #expect(try !compiled("exists()", in: Clinic(isAboutVisit: true)).readsNothing)
  }
}
