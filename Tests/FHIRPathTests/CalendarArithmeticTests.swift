import Testing

@testable import FHIRPath

@Suite("Durations added to dates and times, section 6.7")
struct CalendarArithmeticTests {
  @Test(
    "What a duration makes of a date, dateTime or time",
    arguments: [
      ("@2024-01-31 + 1 month", "@2024-02-29"), ("@2023-01-31 + 1 month", "@2023-02-28"),
      ("@2024-02-29 + 1 year", "@2025-02-28"), ("@2024-02-29 - 4 years", "@2020-02-29"),
      ("@2026-11-21 + 25 hours", "@2026-11-22"), ("@2026-11-21 - 1 week", "@2026-11-14"),
      ("@2026-12-31 + 1 day", "@2027-01-01"), ("@2026-03-01 - 1 day", "@2026-02-28"),
      ("@2000-01-01 + 200000 days", "@2547-08-01"), ("@2026-11-21 + 1.9 days", "@2026-11-22"),
      // Coarser dates take what fits: 12 months a year, 30 days a month, 365 days a year.
      ("@2026 + 12 months", "@2027"), ("@2026 + 11 months", "@2026"), ("@2026-02 + 30 days", "@2026-03"),
      ("@2026-02 + 29 days", "@2026-02"), ("@2026 + 365 days", "@2027"),
      ("@2026-11-21T23:30:00+01:00 + 45 minutes", "@2026-11-22T00:15:00+01:00"),
      ("@2026-11-21T00:00:00.250Z - 251 'ms'", "@2026-11-20T23:59:59.999Z"),
      ("@2026-11-21T10:15:00 + 0.5 seconds", "@2026-11-21T10:15:00.5"),
      ("@2026-11-21T10 + 90 minutes", "@2026-11-21T11"), ("@T23:30 + 45 minutes", "@T00:15"),
      ("@T01:00:00 - 2 hours", "@T23:00:00"), ("@T10:15 + 1 day", "@T10:15"),
    ])
  func sums(formula: String, result: String) throws {
    let given = try answers(formula)
    #expect(try answers("(\(formula)) = \(result)") == ["true"], "\(formula) gave \(given)")
  }

  @Test(
    "What leaves the calendar is nothing",
    arguments: [
      "@9999-12-31 + 1 day", "@0001-01-01 - 1 day", "@2026 + 100000000000 years", "@T10:15 + 1 month",
    ])
  func beyond(formula: String) throws { #expect(try answers(formula).isEmpty) }

  @Test(
    "UCUM's years and months have another length than the calendar's", arguments: ["'a'", "'mo'", "'kg'"])
  func definite(unit: String) {
    #expect(throws: FormulaFault.self) { try answers("@2026-11-21 + 1 \(unit)") }
  }

  @Test("Adding a number of days and taking them away again gives the same day")
  func thereAndBack() throws {
    var state: UInt64 = 5
    for _ in 0..<500 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let days = Int(state >> 40) % 700_000
      let formula = "@2026-11-21 + \(days) days - \(days) days"
      #expect(try answers(formula) == ["2026-11-21"], "\(formula)")
    }
  }
}
