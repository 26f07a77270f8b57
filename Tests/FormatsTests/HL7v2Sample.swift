import Foundation
import TestRig

/// Makes random well-formed messages from a seed.
struct HL7v2Sample {
  private var chance: Seeded
  private var delimiters: [String] = ["|", "^", "~", "\\", "&"]

  init(seed: UInt64) { chance = Seeded(seed: seed) }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &chance) }

  private mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }

  private mutating func joined(_ separator: String, most: Int, _ part: (inout Self) -> String) -> String {
    let count = below(3) == 0 ? 1 + below(most) : 1
    return (0..<count).map { _ in part(&self) }.joined(separator: separator)
  }

  mutating func message() -> String {
    delimiters =
      below(4) == 0 ? one(of: [["#", "!", "*", "%", "@"], ["|", "~", "^", "&", "\\"]]) : delimiters
    let header = "MSH" + delimiters[0] + delimiters[1...].joined()
    let fields = delimiters[0] + "SLUSS" + String(repeating: delimiters[0], count: below(12)) + text()
    let segments = (0..<below(12)).map { _ in segment() }
    return ([header + fields] + segments).map { $0 + "\r" }.joined()
  }

  private mutating func segment() -> String {
    let name = one(of: ["PID", "PV1", "OBX", "ZAB", "NK1", "Z00"])
    return name + (0..<below(20)).map { _ in delimiters[0] + field() }.joined()
  }

  private mutating func field() -> String {
    if below(3) == 0 { return "" }
    return joined(delimiters[2], most: 4) { sample in
      sample.joined(sample.delimiters[1], most: 6) { sample in
        sample.joined(sample.delimiters[4], most: 4) { $0.text() }
      }
    }
  }

  private mutating func text() -> String {
    if below(4) == 0 { return "" }
    if below(12) == 0 { return "\"\"" }
    return (0...below(3)).map { _ in piece() }.joined()
  }

  /// Plain characters and escapes of all kinds, none of them where another spelling is the usual one.
  private mutating func piece() -> String {
    let escape = delimiters[3]
    if below(4) == 0 {
      let sequence = one(of: [
        "F", "S", "T", "R", "E", ".br", "X0D", "X0D0A", "X2222", "X0A", "H", "N", ".sp3", "Zfoo", "C2842",
        "M242842", "temp", "P", "e", "x0d", "Xåäö",
      ])
      return escape + sequence + escape
    }
    return one(of: [
      "Åsa", "x", "191212121212", "\"", "\"\"", " ", "\t", "␛", "日本", "’",
      "<&amp;>".filter { !delimiters.contains(String($0)) },
    ])
  }
}
