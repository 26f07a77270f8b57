import TestRig
import Testing

@testable import FHIRPath

@Suite struct UnitTests {
  @Test("Every row of the tables is understood, and no code stands there twice")
  func tables() {
    let codes =
      UnitAtoms.base + UnitAtoms.arbitrary.map(\.code) + UnitAtoms.function.map(\.code)
      + UnitAtoms.ratio.map(\.code) + UnitAtoms.interval.map(\.code)
    #expect(UnitTable.ucum.count == codes.count)
    #expect(codes.filter { Unit(ucum: $0) == nil } == [])
    #expect(UnitAtoms.ratio.filter { !isExact($0.code) }.map(\.code) == [])
  }

  @Test("No code can be read in two ways, with and without a prefix")
  func unambiguous() {
    let metric =
      UnitAtoms.base + UnitAtoms.arbitrary.filter(\.isMetric).map(\.code)
      + UnitAtoms.ratio.filter(\.isMetric).map(\.code) + UnitAtoms.interval.filter(\.isMetric).map(\.code)
      + UnitAtoms.function.filter(\.isMetric).map(\.code)
    let prefixed = UnitAtoms.prefixes.flatMap { prefix in metric.map { prefix.code + $0 } }
    let plain = metric + UnitAtoms.ratio.filter { !$0.isMetric }.map(\.code)
    #expect(Set(prefixed).count == prefixed.count)
    #expect(Set(prefixed).isDisjoint(with: plain))
  }

  @Test(
    "Conversions are exact",
    arguments: [
      ("1", "g", "mg", "1000"), ("250", "mg", "g", "0.25"), ("1", "[in_i]", "cm", "2.54"),
      ("5.08", "cm", "[in_i]", "2"), ("1", "[lb_av]", "kg", "0.45359237"), ("1", "[ft_i]", "m", "0.3048"),
      ("0.45359237", "kg", "[lb_av]", "1"), ("16", "[oz_av]", "[lb_av]", "1"),
      ("1", "[gr]", "mg", "64.79891"),
      ("1", "mm[Hg]", "Pa", "133.322"), ("120", "mm[Hg]", "kPa", "15.99864"), ("1", "L", "mL", "1000"),
      ("1", "L", "dm3", "1"), ("1", "m3", "l", "1000"), ("1", "wk", "d", "7"), ("1", "d", "min", "1440"),
      ("90", "min", "h", "1.5"), ("1", "a", "d", "365.25"), ("1", "a", "mo", "12"),
      ("1", "mo", "d", "30.4375"),
      ("37", "Cel", "K", "310.15"), ("98.6", "[degF]", "Cel", "37"), ("-40", "Cel", "[degF]", "-40"),
      ("0", "K", "[degF]", "-459.67"), ("37000", "mCel", "Cel", "37"), ("80", "[degRe]", "Cel", "100"),
      ("1", "[gal_us]", "[foz_us]", "128"), ("1", "[gal_us]", "L", "3.785411784"),
      ("1", "atm", "kPa", "101.325"),
      ("1", "[gal_br]", "[foz_br]", "160"), ("1", "[tbs_us]", "[tsp_us]", "3"), ("1", "cal", "J", "4.184"),
      ("1", "U", "kat", "0.000000016666666666666667"), ("60", "U", "umol/s", "1"), ("1", "kat", "mol/s", "1"),
      ("180", "deg", "[pi].rad", "1"), ("90", "deg", "gon", "100"), ("1", "deg", "'", "60"),
      ("1", "'", "''", "60"),
      ("12", "%", "1", "0.12"), ("3", "[ppm]", "10*-6", "3"), ("5", "10*3/uL", "10*9/L", "5"),
      ("72", "{beats}/min", "Hz", "1.2"), ("2", "KiBy", "bit", "16384"), ("1", "Ci", "GBq", "37"),
      ("100", "RAD", "Gy", "1"), ("100", "REM", "Sv", "1"), ("1", "P", "Pa.s", "0.1"),
      ("1", "erg", "nJ", "100"),
      ("1", "meq/L", "mmol/L", "1"), ("1", "g%", "g/dL", "1"), ("3", "[Ch]", "mm", "1"),
      ("20", "[drp]", "mL", "1"),
      ("1", "[diop]", "m-1", "1"), ("3937", "[ft_us]", "m", "1200"), ("1", "[stone_av]", "[lb_av]", "14"),
      ("5", "[IU]/mL", "k[iU]/L", "5"), ("10", "dB", "B", "1"), ("1", "kg.m/s2", "N", "1"),
      ("1", "J/C", "V", "1"),
      ("1", "g/(m.s2)", "g/m/s2", "1"), ("1", "[mi_i]", "[ft_i]", "5280"), ("1", "St", "mm2/s", "100"),
      ("6.3", "s/m.mg", "s.m-1.g", "0.0063"), ("1", "[ly]", "cm", "946073047258080000"),
      ("1", "Torr", "Pa", "nil"), ("1", "m", "s", "nil"),
    ])
  func conversions(value: String, from: String, to: String, expected: String) throws {
    #expect(try converted(value, from, to) ?? "nil" == expected)
  }

  @Test("What has no end is rounded to seventeen digits, what is too great or too small is left out")
  func rounding() throws {
    #expect(try converted("1", "cm", "[in_i]") == "0.3937007874015748")
    #expect(try converted("100", "[degF]", "Cel") == "37.777777777777778")
    #expect(try converted("-100", "[degF]", "Cel") == "-73.333333333333333")
    #expect(try converted("12345678901234567890123456.78", "m", "dm") == "123456789012345678901234567.8")
    #expect(try converted("12345678901234567890123456.789", "m", "mm") == "12345678901234568000000000000")
    #expect(try converted("1e30", "Ym", "ym") == nil)
    #expect(try converted("1", "ym", "Ym") == nil)
    #expect(try converted("0.000", "ym", "Ym") == "0")
    #expect(try converted("1.50", "m", "m") == "1.50")
  }
}

// Reading.
extension UnitTests {
  @Test(
    "Codes that could be read in two ways are read in the right one",
    arguments: [
      ("min", "60.s"), ("cd", "cd"), ("Pa", "N/m2"), ("dar", "10.m2"), ("dam", "10.m"), ("dm", "m/10"),
      ("mol", "10*3.mmol"), ("mmol", "mol/1000"), ("m[Hg]", "10*3.mm[Hg]"), ("ft", "10*-15.t"),
      ("PT", "10*15.T"),
      ("Gy", "J/kg"), ("kat", "mol/s"), ("cal", "cal_th"), ("10*3", "1000"), ("10^3", "1000"),
      ("10*-3", "1/1000"),
      ("10*", "10"), ("m+2", "m2"), ("/m", "m-1"), ("/m.s", "s/m"), ("/(m.s)", "m-1.s-1"), ("a/b/c", ""),
      ("m/s/s", "m/s2"), ("m/(s/s)", "m"), ("{a}", "1"), ("1{score}", "1"), ("m{x}2", ""), ("m2{x}", "m2"),
      ("mg{a/b(c}/dL", "mg/dL"),
      ("10*3{RBC}/uL", "10*9/L"), ("[in_i'Hg]", "m[Hg].[in_i]/m"), ("dB[10.nV]", "dB[10.nV]"), ("1", "1"),
      ("Mi", ""), ("Mibit", "1048576.bit"), ("mo_j", "mo"), ("m0", "1"), ("((m))", "m"), ("2.m", "m.2"),
      ("1.5.m", "5.m"), ("MG", "100.T"),
    ])
  func readings(code: String, meaning: String) {
    #expect(Unit(ucum: code) == Unit(ucum: meaning))
    #expect((Unit(ucum: code) == nil) == meaning.isEmpty)
  }

  @Test(
    "What isn't a code is refused",
    arguments: [
      "", " ", "mg mg", "kMin", "kmin", "k[in_i]", "MM", "m%", "mx", "kk", "k", "kkg", "µg", "å", "m²",

      "0", "-1", "+1", "m/", "m.", ".m", "//m", "m//s", "(m", "m)", "()", "(m)2", "k(m)", "{a}m", "m{a}{b}",
      "m{",
      "m}", "{a{b}}", "{a b}", "12h", "g/12h", "2m", "m-", "m--2", "m128", "10+3/ul", "iU", "[iu]",
      "[in_i", "in_i]", "[]", "[H2O]", "cm[H20]", "10*300", "m100.m100",
      "99999999999999999999999999999999999999999",
      "Cel2", "Cel.m", "m/Cel", "/Cel", "[pH]/L", "dB2", "rad2{錠}", "\u{0}", "m\n", "d[degF]",
    ])
  func refusals(code: String) {
    #expect(Unit(ucum: code) == nil)
  }

  @Test("Codes may have a hundred bytes and ten parentheses, and no longer ones harm")
  func limits() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "m" + String(repeating: ")", count: depth)
    }
    #expect(Unit(ucum: nested(10)) == Unit(ucum: "m"))
    #expect(Unit(ucum: nested(11)) == nil)
    #expect(Unit(ucum: "{" + String(repeating: "x", count: 98) + "}") == .one)
    #expect(Unit(ucum: "{" + String(repeating: "x", count: 99) + "}") == nil)
    #expect(Unit(ucum: String(repeating: "(", count: 1_000_000)) == nil)
    #expect(Unit(ucum: String(repeating: "Ym127.", count: 16) + "m") == nil)
    #expect(Unit(ucum: String(repeating: "[pi]99.[pi]-99.", count: 6) + "m")?.dimension == Dimension(of: "m"))
  }
}

// Comparing and reckoning.
extension UnitTests {
  @Test(
    "Values are compared by what they are",
    arguments: [
      ("1", "g", "1000", "mg", Order.same), ("1", "[in_i]", "2.54", "cm", .same),
      ("1", "[in_i]", "2.5399999999999999999", "cm", .after),
      ("1", "[lb_av]", "453.592370000000000001", "g", .before),
      ("1", "mm[Hg]", "133.3", "Pa", .after), ("37", "Cel", "98.6", "[degF]", .same),
      ("37.5", "Cel", "99.4", "[degF]", .after), ("0", "Cel", "273.15", "K", .same),
      ("-1", "Cel", "1", "K", .after),
      ("-1", "m", "-1", "mm", .before), ("0", "m", "0", "km", .same), ("1", "[pi].rad", "180", "deg", .same),
      ("7", "[pH]", "6.8", "[pH]", .after), ("3", "dB", "0.4", "B", .before),
      ("1", "[IU]", "1", "[iU]", .same),
      ("1e30", "kg", "1", "pg", .after), ("1e-30", "pg", "1e30", "kg", .before),
      ("3", "[smi_us]2", "1920", "[acr_us].[smi_us]", .same), ("1", "[in_us]9", "1", "[in_us]9", .same),
      ("1", "mo", "30", "d", .after), ("1", "mmol/L", "1", "mol/m3", .same),
      ("1", "[ft_us]12", "8916100448256.001", "[in_us]12", .same),
      ("1", "[ft_us]12", "8916100449256", "[in_us]12", .before),
    ])
  func orders(a: String, unitA: String, b: String, unitB: String, expected: Order) throws {
    let (x, y) = (try #require(ExactDecimal(a)), try #require(ExactDecimal(b)))
    let (u, v) = (try #require(Unit(ucum: unitA)), try #require(Unit(ucum: unitB)))
    #expect(Unit.order(x, u, y, v) == expected)
    let opposite: Order = expected == .same ? .same : expected == .before ? .after : .before
    #expect(Unit.order(y, v, x, u) == opposite)
  }

  @Test(
    "What measures different things can't be compared or converted",
    arguments: [
      ("m", "s"), ("g", "mol"), ("[IU]", "U"), ("[IU]", "[arb'U]"), ("[CFU]", "[PFU]"), ("[IU]", "1"),
      ("[IU]/mL", "/mL"), ("[IU]/mL", "[IU]"), ("[pH]", "mol/L"), ("dB", "dB[SPL]"), ("B", "1"), ("Np", "B"),
      ("Cel", "J"), ("m2", "m3"), ("rad", "1"), ("[hp_X]", "[hp_C]"), ("[USP'U]", "[IU]"),
    ])
  func incommensurable(a: String, b: String) throws {
    let (u, v) = (try #require(Unit(ucum: a)), try #require(Unit(ucum: b)))
    let one = ExactDecimal(1)
    #expect(Unit.order(one, u, one, v) == nil)
    #expect(u.convert(one, to: v) == nil)
    #expect(Unit.order(one, u, one, u) == .same)
  }

  @Test(
    "Products and quotients have units and codes",
    arguments: [
      ("m", "*", "m", "m2"), ("kg", "*", "m", "kg.m"), ("g", "/", "mL", "g/mL"), ("g", "/", "g", "1"),
      ("m", "/", "s", "m/s"), ("m/s", "/", "s", "m/s2"), ("m/s", "*", "s", "m"), ("1", "/", "min", "/min"),
      ("mg/dL", "*", "dL/min", "mg/min"), ("kg.m-2", "*", "1", "kg/m2"), ("{beats}/min", "*", "min", "1"),
      ("10*3/uL", "*", "uL", "10*3"), ("10*3", "*", "10*3", "10*6"), ("m/3", "*", "6.m", "2.m2"),
      ("1", "/", "3", "/3"), ("cm", "*", "m", "cm.m"), ("kg", "/", "g", "kg/g"), ("Cel", "*", "1", "Cel"),
      ("1", "*", "Cel", "Cel"), ("m127", "/", "m-1", ""), ("Cel", "*", "m", ""), ("Cel", "/", "Cel", ""),
      ("m", "/", "[pH]", ""), ("foo", "*", "m", ""), ("m", "/", "foo", ""),
      ("mm[Hg]", "/", "(L/min)", "mm[Hg].min/L"),
      ("[IU]", "/", "mL", "[IU]/mL"), ("10*120", "*", "10*120", ""),
    ])
  func products(a: String, sign: String, b: String, expected: String) throws {
    let code = sign == "*" ? Unit.code(of: a, times: b) : Unit.code(of: a, dividedBy: b)
    #expect(code ?? "" == expected)
    if let x = Unit(ucum: a), let y = Unit(ucum: b) {
      #expect((sign == "*" ? x * y : x / y) == Unit(ucum: expected))
    }
  }

  @Test("There and back is where one was, whatever the value and the units", arguments: 0..<40)
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(seed: seed)
    for _ in 0..<50 {
      let codes = try #require(Self.commensurable.randomElement(using: &random))
      let (u, v) = (try unit(codes, &random), try unit(codes, &random))
      let value = ExactDecimal(
        digits: Int128(Int64.random(in: -10_000_000...10_000_000, using: &random)), scale: 3)
      let there = try #require(u.convert(value, to: v))
      let back = try #require(v.convert(there, to: u)).rounded(to: 3)
      #expect(back.order(to: value) == .same)
      // The neighbour differs, in order as in value.
      let next = ExactDecimal(digits: value.digits + 1, scale: 3)
      #expect(Unit.order(next, u, there, v) == .after)
      #expect(Unit.order(there, v, next, u) == .before)
    }
  }

  @Test("The code of a product means the product of what the codes mean", arguments: 0..<20)
  func codesMeanProducts(seed: UInt64) throws {
    var random = Seeded(seed: seed)
    for _ in 0..<50 {
      let (a, b) = (Self.term(&random), Self.term(&random))
      let (x, y) = (try #require(Unit(ucum: a)), try #require(Unit(ucum: b)))
      let (product, quotient) = (Unit.code(of: a, times: b), Unit.code(of: a, dividedBy: b))
      #expect(try isSame(Unit(ucum: #require(product)), x * y))
      #expect(try isSame(Unit(ucum: #require(quotient)), x / y))
    }
  }
}

// What the tests are made of.
extension UnitTests {
  /// Units of which each may be converted to all others in its row; a star takes a prefix.
  private static let commensurable = [
    ["*g", "[lb_av]", "[oz_av]", "[gr]", "[stone_av]", "[lb_tr]", "*t"],
    ["*m", "[in_i]", "[ft_i]", "[mi_i]", "[ft_us]", "[in_us]", "[Ch]", "[nmi_i]"],
    ["*L", "*l", "dm3", "m3", "[gal_us]", "[foz_us]", "[tsp_us]", "[pt_br]", "[drp]", "*st"],
    ["*s", "min", "h", "d", "wk", "mo", "a", "a_t"],
    ["*Pa", "*m[Hg]", "*m[H2O]", "*bar", "atm", "[psi]", "[in_i'Hg]"],
    ["*K", "Cel", "[degF]", "[degRe]", "mCel"],
    ["*J", "*cal", "[Cal]", "[Btu]", "*erg", "N.m"],
    ["*rad", "deg", "'", "''", "gon", "circ"],
    ["*g/dL", "*g/*L", "g%", "[lb_av]/[gal_us]", "[oz_av]/[foz_br]"],
    ["*[IU]/mL", "[iU]/*L", "*[IU]/[foz_us]"],
  ]

  private func unit(_ codes: [String], _ random: inout Seeded) throws -> Unit {
    let pattern = try #require(codes.randomElement(using: &random))
    let prefix = try #require(["", "k", "m", "u", "c", "da"].randomElement(using: &random))
    return try #require(
      Unit(ucum: pattern.split(separator: "*", omittingEmptySubsequences: false).joined(separator: prefix)))
  }

  private static func term(_ random: inout Seeded) -> String {
    let atoms = ["m", "kg", "s", "mL", "10*", "[in_i]", "mm[Hg]", "[IU]", "{x}", "3", "mol"]
    return (0..<Int.random(in: 1...4, using: &random)).map { index in
      let atom = atoms.randomElement(using: &random) ?? "m"
      let exponent = atom == "3" || atom == "{x}" ? 1 : Int.random(in: -2...2, using: &random)
      let sign = index == 0 ? "" : Bool.random(using: &random) ? "." : "/"
      return sign + atom + (exponent == 1 ? "" : String(exponent))
    }.joined()
  }

  private func converted(_ value: String, _ from: String, _ to: String) throws -> String? {
    guard let unit = Unit(ucum: from), let other = Unit(ucum: to) else { return nil }
    return unit.convert(try #require(ExactDecimal(value)), to: other)?.description
  }

  /// Whether two units are the same, apart from the order in which their factors were rounded.
  private func isSame(_ a: Unit?, _ b: Unit?) throws -> Bool {
    let (a, b) = (try #require(a), try #require(b))
    return Unit.order(ExactDecimal(1), a, ExactDecimal(1), b) == .same
  }

  private func isExact(_ code: String) -> Bool {
    if case .exact = Unit(ucum: code)?.factor { true } else { false }
  }
}
