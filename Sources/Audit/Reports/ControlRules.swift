import Diagnostics
import YAML

/// The thresholds of systematic control, from a file.
public struct ControlRules: Sendable, Equatable {
  /// The first hour of the working day, in Swedish time.
  public var opens = 7
  /// The first hour after it.
  public var closes = 18
  /// Working days, 1 for Monday to 7.
  public var weekdays: ClosedRange<Int> = 1...5
  /// So many different patients of one person on one day are many.
  public var patientsPerDay = 40
  /// A care relation is assumed where the patient was received, written about or delivered to the same unit
  /// within so many days before or after.
  public var relationDays = 180
  /// So many entries are drawn by chance from each care unit.
  public var samplePerUnit = 5

  /// The rules above.
  public init() {}

  /// Reads a file.
  ///
  /// ```yaml
  /// outside hours:
  ///   opens: 7
  ///   closes: 18
  ///   weekdays: 1-5
  /// high volume:
  ///   patients per day: 40
  /// no care relation:
  ///   days: 180
  /// sample:
  ///   per care unit: 5
  /// ```
  public init(_ text: String, file: String) throws {
    for rule in try YAMLReader.read(text, file: file).entries ?? [] {
      for setting in rule.value.entries ?? [] {
        try set("\(rule.name)/\(setting.name)", setting.value.text ?? "", file)
      }
    }
  }

  private mutating func set(_ name: String, _ value: String, _ file: String) throws(AuditError) {
    switch name {
    case "outside hours/opens": opens = try number(value, in: 0...24, name, file)
    case "outside hours/closes": closes = try number(value, in: 0...24, name, file)
    case "outside hours/weekdays":
      let ends = value.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, (1...7).contains(first), (first...7).contains(last)
      else {
        throw .malformed(path: file, reason: "`\(name)` is written as 1-5")
      }
      weekdays = first...last
    case "high volume/patients per day": patientsPerDay = try number(value, in: 1...1_000_000, name, file)
    case "no care relation/days": relationDays = try number(value, in: 1...100_000, name, file)
    case "sample/per care unit": samplePerUnit = try number(value, in: 0...1_000_000, name, file)
    default: throw .malformed(path: file, reason: "there is no rule `\(name)`")
    }
  }

  private func number(
    _ text: String, in range: ClosedRange<Int>, _ name: String, _ file: String
  ) throws(AuditError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .malformed(
        path: file, reason: "`\(name)` is a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
