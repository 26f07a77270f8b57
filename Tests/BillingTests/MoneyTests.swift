import Billing
import TestRig
import Testing

struct MoneyTests {
  @Test("An amount that is written is read as the same, whatever it is")
  func roundTrip() {
    var chance = Seeded(seed: 1)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 0...18, using: &chance)
      let limit = (0..<digits).reduce(Int64(1)) { limit, _ in limit * 10 }
      let money = Money(öre: Int64.random(in: -limit...limit, using: &chance))
      #expect(Money(money.description) == money)
      #expect(money.description.split(separator: ".").last?.count == 2)
    }
  }

  @Test("Sums, differences and products are exact")
  func exact() {
    var chance = Seeded(seed: 2)
    for _ in 0..<20_000 {
      let (a, b) = (
        Int64.random(in: -9_999_999...9_999_999, using: &chance),
        Int64.random(in: -9_999...9_999, using: &chance)
      )
      #expect(Money(öre: a) + Money(öre: b) - Money(öre: b) == Money(öre: a))
      #expect(Money(öre: a) * b == Money(öre: a * b))
      #expect(-(-Money(öre: a)) == Money(öre: a))
      #expect((Money(öre: a) < Money(öre: b)) == (a < b))
    }
  }

  @Test("A share is the nearest öre by its rule, checked against whole fractions")
  func shares() throws {
    var chance = Seeded(seed: 3)
    for _ in 0..<20_000 {
      let öre = Int64.random(in: -1_000_000...1_000_000, using: &chance)
      let points = Int64.random(in: 0...20_000, using: &chance)
      for rule in RoundingRule.allCases {
        let share = try #require(Money(öre: öre).share(points, rule))
        // Twice the distance from the exact value, in ten-thousandths of an öre.
        let distance = 2 * (share.öre * 10_000 - öre * points)
        #expect(abs(distance) <= 10_000)
        if abs(distance) == 10_000 {
          switch rule {
          case .halfToEven: #expect(share.öre % 2 == 0)
          case .halfAwayFromZero: #expect(distance.signum() == (öre * points).signum())
          }
        }
      }
    }
  }

  @Test("What does not fit is refused, not wrapped")
  func overflow() {
    #expect(Money(öre: .max).share(20_000, .halfToEven) == nil)
    #expect(Money("92233720368547758.08") == nil)
    #expect(Money("92233720368547758.07")?.öre == .max)
  }

  @Test(
    "Only kronor with at most two decimals are amounts",
    arguments: [
      "", "-", ".", ".5", "5.", "1,50", "1.234", "1e3", " 1", "1 ", "+1", "--1", "1.2.3", "NaN", "٣", "0x1",
    ])
  func refused(_ text: String) {
    #expect(Money(text) == nil)
  }

  @Test(
    "Short forms are amounts too",
    arguments: zip(["0", "500", "12.5", "-0.05", "007"], [0, 50_000, 1250, -5, 700]))
  func short(_ text: String, _ öre: Int64) {
    #expect(Money(text)?.öre == öre)
  }
}

struct CalendarDayTests {
  @Test("Every day is followed by the next, and months are counted to their last days")
  func days() throws {
    var day = try #require(CalendarDay("1999-12-31"))
    var count = 0
    while day.description != "2029-01-01" {
      day = try #require(day.next)
      count += 1
      #expect(CalendarDay(day.description) == day)
    }
    #expect(count == 10_594, "29 years with 8 leap days, and one day")
    #expect(CalendarDay("2026-08-31")?.adding(months: 6).description == "2027-02-28")
    #expect(CalendarDay("2023-08-31")?.adding(months: 6).description == "2024-02-29")
    #expect(CalendarDay("2026-03-15")?.adding(months: -3).description == "2025-12-15")
  }

  @Test(
    "Days that there are not are none",
    arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260101"])
  func none(_ text: String) {
    #expect(CalendarDay(text) == nil)
  }
}

struct NumberTests {
  @Test("A wrong digit, and most swapped ones, fail the check")
  func luhn() {
    #expect(NumberChecks.isLuhn("1212121212"))
    for place in 0..<10 {
      for digit in "0123456789" {
        var digits = Array("1212121212")
        guard digits[place] != digit else { continue }
        digits[place] = digit
        #expect(!NumberChecks.isLuhn(String(digits)))
      }
    }
  }

  @Test(
    "A personnummer is found in any text, in all its forms",
    arguments: ["191212121212", "121212-1212", "121212+1212", "Patient 19121212-1212.", "x201701012393y"])
  func found(_ text: String) {
    #expect(NumberChecks.holdsPersonNumber(text))
  }

  @Test(
    "Other numbers are no personnummer",
    arguments: ["ZVF23210001802611000017", "2321000180", "5050-1055", "191212121213", "0243-73000", ""])
  func notFound(_ text: String) {
    #expect(!NumberChecks.holdsPersonNumber(text))
  }
}
