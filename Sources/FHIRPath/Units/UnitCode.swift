// The codes of products and quotients.
extension Unit {
  /// The code of a product: `m` and `m` make `m2`, `kg` and `m` make `kg.m`.
  ///
  /// Atoms with the same prefix are drawn together and annotations are left out. `nil` when either isn't a
  /// code or there is no such unit.
  static func code(of a: String, times b: String) -> String? {
    guard let x = Unit(ucum: a), let y = Unit(ucum: b), x * y != nil else { return nil }
    return UnitExpression(b).flatMap { UnitExpression(a)?.times($0) }?.simplified.code
  }

  /// The code of a quotient: `g` by `mL` makes `g/mL`, `g` by `g` makes `1`; else as ``code(of:times:)``.
  static func code(of a: String, dividedBy b: String) -> String? {
    guard let x = Unit(ucum: a), let y = Unit(ucum: b), x / y != nil else { return nil }
    return UnitExpression(b).flatMap { UnitExpression(a)?.times($0.reciprocal) }?.simplified.code
  }
}

extension UnitExpression {
  /// The same product with each atom once and the number reduced.
  fileprivate var simplified: UnitExpression {
    var merged: [Term] = []
    for term in terms {
      if let index = merged.firstIndex(where: { $0.symbol == term.symbol }) {
        merged[index].exponent += term.exponent
      } else {
        merged.append(term)
      }
    }
    let divisor = Int128.commonDivisor(numerator, denominator)
    return UnitExpression(
      terms: merged.filter { $0.exponent != 0 }, numerator: numerator / divisor,
      denominator: denominator / divisor)
  }

  /// Written with what multiplies first and what divides after it; `nil` when that is too long to be read.
  fileprivate var code: String? {
    let above =
      (numerator == 1 ? [] : [String(numerator)])
      + terms.filter { $0.exponent > 0 }.map { $0.symbol + Self.exponent($0.exponent) }
    let below =
      terms.filter { $0.exponent < 0 }.map { "/" + $0.symbol + Self.exponent(-$0.exponent) }
      + (denominator == 1 ? [] : ["/" + String(denominator)])
    let code = above.joined(separator: ".") + below.joined()
    guard code.utf8.count <= UnitReader.lengthLimit else { return nil }
    return code.isEmpty ? "1" : code
  }

  private static func exponent(_ value: Int) -> String { value == 1 ? "" : String(value) }
}
