import Testing

@testable import FHIRPath

/// The tables of section 6; `nil` is the empty collection.
@Suite struct OperatorTests {
  private func check(_ table: KeyValuePairs<String, String?>) throws {
    for (text, expected) in table { #expect(try answer(text) == expected, "\(text)") }
  }

  @Test("6.1 Equality")
  func equality() throws {
    try check([
      "1 = 1.0": "true", "1 != 2": "true", "'a' = 'A'": "false", "{} = 1": nil, "{} = {}": nil,
      "(1 | 2) = (1 | 2)": "true", "(1 | 2) = (2 | 1)": "false", "(1 | 2) = 1": "false",
      "1.10 = 1.1": "true", "0.1 + 0.2 = 0.3": "true", "@2026-11 = @2026-11-21": nil,
      "@2026 = @2025-01": "false", "@2026-11-21 = @2026-11-21": "true", "@T10:15 = @T10:15:00": nil,
      "@2026-11-21T10:15:00.0Z = @2026-11-21T10:15:00Z": "true",
    ])
  }

  @Test("6.1.2 Equivalence")
  func equivalence() throws {
    try check([
      "'Chat  ' ~ 'chat\\t '": "true", "'a' ~ 'b'": "false", "{} ~ {}": "true", "{} ~ 1": "false",
      "(1 | 2) ~ (2 | 1)": "true", "1.55 ~ 1.6": "true", "1 !~ 2": "true", "@2026-11 ~ @2026-11-21": "false",
    ])
  }

  @Test("6.2 Comparison")
  func comparison() throws {
    try check([
      "1 < 1.5": "true", "2 >= 2.0": "true", "'a' < 'b'": "true", "'a' > 'ab'": "false", "{} < 1": nil,
      "@2026-11 < @2026-12-01": "true", "@2026-11 < @2026-11-21": nil, "@2026-11 <= @2026-11-21": nil,
      "@2025 < @2026-11-21T10:15:00Z": "true", "@T10:15 < @T10:16:30": "true",
      "@2026-11-21T00:30:00+01:00 < @2026-11-20T23:45:00Z": "true",
      "@2026-03-01T00:30:00+01:00 = @2026-02-28T23:30:00Z": "true",
      "@2027-01-01T00:30:00+01:00 = @2026-12-31T23:30:00Z": "true",
      "@2026-12-31T23:30:00-01:00 = @2027-01-01T00:30:00Z": "true",
      "@2026-11-21T10:15:00 < @2026-11-21T10:15:00Z": nil, "@2026-11-21 > @2026-11-20T10:15:00Z": "true",
      "99999999999999999999.5 > 0.00000000000000000000000000001": "true",
    ])
  }

  @Test("6.4 Membership and union")
  func membership() throws {
    try check([
      "2 in (1 | 2)": "true", "3 in (1 | 2)": "false", "{} in (1 | 2)": nil, "1 in {}": "false",
      "(1 | 2) contains 1": "true", "{} contains 1": "false", "(1 | 1 | 2).count()": "2",
      "visit.type in ('chat' | 'video')": "true",
    ])
  }

  @Test("6.5 Logic of three values")
  func logic() throws {
    try check([
      "true and true": "true", "true and false": "false", "true and {}": nil, "false and {}": "false",
      "{} and false": "false", "{} and {}": nil, "true or {}": "true", "{} or true": "true",
      "false or {}": nil,
      "{} or false": nil, "true xor false": "true", "true xor true": "false", "true xor {}": nil,
      "{} xor true": nil, "true implies false": "false", "true implies {}": nil, "false implies {}": "true",
      "{} implies true": "true", "{} implies false": nil, "{} implies {}": nil,
    ])
  }

  @Test("6.6 Arithmetic")
  func arithmetic() throws {
    try check([
      "1 + 2 * 3": "7", "7 / 2": "3.5", "6 / 3": "2", "2 / 3": "0.66666667", "-2 / 3": "-0.66666667",
      "1 / 0": nil, "7 div 2": "3", "-7 div 2": "-3", "7 mod 2": "1", "1.5 mod 1": "0.5", "7.5 div 2": "3",
      "1 div 0": nil, "1 mod 0": nil, "1.10 + 1": "2.10", "1 - 0.1": "0.9", "1.5 * 1.5": "2.25",
      "-(5)": "-5", "+5": "5", "-1.50": "-1.50", "-0.05": "-0.05", "'a' + 'b'": "'ab'", "'a' + {}": nil,
      "'a' & {}": "'a'", "{} & {}": "''", "1 + {}": nil, "9223372036854775807 + 1": nil,
    ])
  }
}
