/// The unit atoms and prefixes of UCUM by their codes.
struct UnitTable: Sendable {
  private struct Entry {
    let unit: Unit
    let isMetric: Bool
  }

  private var entries: [String: Entry] = [:]
  private var prefixes: [String: Unit] = [:]

  /// All of UCUM, resolved when first asked for.
  static let ucum = UnitTable()

  private init() {
    for (code, value) in UnitAtoms.prefixes { prefixes[code] = number(value) }
    for code in UnitAtoms.base { define(code, true, Unit(dimension: Dimension(of: code), factor: .one)) }
    for (code, isMetric) in UnitAtoms.arbitrary {
      define(code, isMetric, Unit(dimension: Dimension(of: code), factor: .one))
    }
    for (code, isMetric) in UnitAtoms.function {
      define(code, isMetric, Unit(dimension: Dimension(of: code), factor: .one, scale: .function))
    }
    for (code, isMetric, value, unit) in UnitAtoms.ratio { define(code, isMetric, amount(value, unit)) }
    for (code, isMetric, value, unit, zero) in UnitAtoms.interval {
      define(code, isMetric, amount(value, unit).flatMap { interval($0, zero: zero) })
    }
  }

  /// How many atoms there are.
  var count: Int { entries.count }

  /// What an atom means, perhaps with a prefix, which only a metric one may have (section 2.3).
  func unit(symbol: String) -> Unit? {
    if let entry = entries[symbol] { return entry.unit }
    for length in [2, 1] {
      guard let prefix = prefixes[String(symbol.prefix(length))],
        let entry = entries[String(symbol.dropFirst(length))], entry.isMetric
      else { continue }
      return entry.unit * prefix
    }
    return nil
  }

  /// An atom of which the definition isn't understood stays unknown.
  private mutating func define(_ code: String, _ isMetric: Bool, _ unit: Unit?) {
    if let unit { entries[code] = Entry(unit: unit, isMetric: isMetric) }
  }

  private func number(_ text: String) -> Unit? {
    ExactDecimal(text).map { Unit(dimension: .none, factor: UnitFactor($0)) }
  }

  private func amount(_ value: String, _ code: String) -> Unit? {
    guard let number = number(value), let unit = UnitExpression(code)?.unit(in: self) else { return nil }
    return number * unit
  }

  private func interval(_ unit: Unit, zero: String) -> Unit? {
    ExactDecimal(zero).map {
      Unit(
        dimension: unit.dimension, factor: unit.factor,
        scale: .interval(zero: UnitFactor($0) * unit.factor))
    }
  }
}
