/// A UCUM code as the product that it says, without annotations, which mean nothing (UCUM section 2.1, §6).
struct UnitExpression {
  /// A unit atom with its prefix, such as `kg`, and its exponent.
  struct Term {
    let symbol: String
    var exponent: Int
  }

  /// Terms as they stand, an atom perhaps more than once.
  private(set) var terms: [Term] = []
  private(set) var numerator: Int128 = 1
  private(set) var denominator: Int128 = 1

  /// The number one.
  init() {}

  init(terms: [Term], numerator: Int128, denominator: Int128) {
    (self.terms, self.numerator, self.denominator) = (terms, numerator, denominator)
  }

  init(symbol: String, exponent: Int) { terms = [Term(symbol: symbol, exponent: exponent)] }

  init(number: Int128) { numerator = number }

  /// Reads a code; `nil` when its form isn't that of a code. Whether the units exist is not looked at.
  init?(_ code: String) {
    guard let expression = UnitReader.read(code) else { return nil }
    self = expression
  }

  func times(_ other: UnitExpression) -> UnitExpression? {
    var result = self
    guard let numerator = numerator.times(other.numerator),
      let denominator = denominator.times(other.denominator)
    else { return nil }
    result.terms += other.terms
    (result.numerator, result.denominator) = (numerator, denominator)
    return result
  }

  var reciprocal: UnitExpression {
    var result = self
    (result.numerator, result.denominator) = (denominator, numerator)
    for index in terms.indices { result.terms[index].exponent.negate() }
    return result
  }

  /// What the code means by a table of atoms; `nil` when an atom isn't in there or has no such product.
  func unit(in table: UnitTable) -> Unit? {
    guard let number = Fraction(numerator, over: denominator) else { return nil }
    var unit: Unit? = Unit(dimension: .none, factor: .exact(number))
    for term in terms {
      guard let factor = table.unit(symbol: term.symbol)?.raised(to: term.exponent), let product = unit
      else { return nil }
      unit = product * factor
    }
    return unit
  }
}
