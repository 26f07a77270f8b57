import Testing

@testable import FHIRPath

@Suite("Quantities, sections 4.1.8, 6.1, 6.2 and 6.6")
struct QuantityTests {
  @Test(
    "Equality, equivalence and order convert units of one dimension",
    arguments: [
      ("1 'g' = 1000 'mg'", "true"), ("1 'kg' > 900 'g'", "true"), ("37 'Cel' = 310.15 'K'", "true"),
      ("1 'm' = 1 's'", "{}"), ("1 'm' < 1 's'", "{}"), ("1 'm' ~ 1 's'", "false"),
      ("1 day = 24 hours", "true"), ("7 days = 1 week", "true"), ("1 day = 1 'd'", "true"),
      ("1 year = 12 months", "true"),
      ("1 year = 1 'a'", "{}"), ("1 year ~ 1 'a'", "true"), ("1 month > 1 'd'", "{}"), ("1 = 1 '1'", "true"),
      ("1.0 'mg' ~ 1.04 'mg'", "true"), ("3 'mg' in (1 'g' | 3000 'ug')", "true"),
    ])
  func comparisons(formula: String, result: String) throws {
    let given = try answers(formula)
    #expect(try given == answers(result), "\(formula) gave \(given)")
  }

  @Test(
    "Sums are in the unit of the left one, products in the product of the units",
    arguments: [
      ("1 'm' + 20 'cm'", "1.2 'm'"), ("1 'm' - 20 'cm'", "0.8 'm'"), ("2 'm' * 3 'm'", "6 'm2'"),
      ("6 'g' / 2 'mL'", "3 'g/mL'"), ("6 'g' / 2", "3 'g'"), ("-(5 'mg')", "-5 'mg'"),
      ("2 days + 3 days", "5 days"),
      ("1 'm' + 1 's'", "{}"),
    ])
  func arithmetic(formula: String, result: String) throws {
    let given = try answers(formula)
    let isSame = try answers("(\(formula)) = (\(result))")
    #expect(isSame == (result == "{}" ? [] : ["true"]), "\(formula) gave \(given)")
  }

  @Test("In files a unit that UCUM does not know is refused")
  func unknownUnit() {
    #expect(throws: FormulaFault.self) { try compiled("visit.minutes > 5 'minuter'") }
  }
}
