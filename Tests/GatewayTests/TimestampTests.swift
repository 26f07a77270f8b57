import Foundation
import TestRig
import Testing

@testable import Gateway

@Suite("Instants as text")
struct TimestampTests {
  @Test(
    "are in UTC, with milliseconds, in the Gregorian calendar, before 1970 too",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
      (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"), (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_795_252_500_123, "2026-11-21T09:15:00.123Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ])
  func known(_ milliseconds: Int64, _ text: String) {
    #expect(Timestamp.text(milliseconds: milliseconds) == text)
  }

  @Test("are read by others as what they were")
  func others() throws {
    var random = Seeded(seed: 7)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for _ in 0..<3_000 {
      // From 1600: Foundation's calendar is the Julian one before 1582.
      let milliseconds = Int64.random(in: -11_676_096_000_000...253_402_300_799_999, using: &random)
      let read = try style.parse(Timestamp.text(milliseconds: milliseconds))
      #expect(Int64((read.timeIntervalSince1970 * 1000).rounded()) == milliseconds)
    }
  }
}
