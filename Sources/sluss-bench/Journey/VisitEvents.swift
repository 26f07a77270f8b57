import Foundation

/// Events of visits, each of a patient and a visit of its own, about as long as those that `scripts/bench` lets wrk send.
struct VisitEvents {
  private let parts: [String]

  init() throws {
    let path = "Mappings/visiba/cases/minimal-visit/event.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let reason = String(repeating: "Hosta och feber. ", count: max(0, (1500 - text.utf8.count) / 17))
    let marked = text.replacing("E-2026-000417", with: "\u{1}").replacing("V-2026-000123", with: "\u{1}")
      .replacing("191212121212", with: "\u{1}")
      .replacing("\"approvedForPatient\"", with: "\"reason\": \"\(reason)\",\n    \"approvedForPatient\"")
    parts = marked.split(separator: "\u{1}").map(String.init)
  }

  /// The event of that number.
  func event(_ number: Int, of run: String) -> [UInt8] {
    let id = "\(run)-\(number)"
    return Array((parts[0] + id + parts[1] + id + parts[2] + Self.personNumber(number) + parts[3]).utf8)
  }

  /// One of 20 million person numbers with the right check digit (Luhn, over the last ten).
  static func personNumber(_ number: Int) -> String {
    let (year, month, day) = (
      30 + number / 999 / 336 % 60, 1 + number / 999 / 28 % 12, 1 + number / 999 % 28
    )
    let digits = String(format: "%02d%02d%02d%03d", year, month, day, number % 999 + 1)
    let sum = digits.utf8.enumerated().reduce(0) { sum, digit in
      let product = Int(digit.element - 48) * (digit.offset % 2 == 0 ? 2 : 1)
      return sum + product / 10 + product % 10
    }
    return "19\(digits)\((10 - sum % 10) % 10)"
  }
}
