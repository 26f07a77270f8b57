/// How the numbers on a unit's scale stand to what is measured, UCUM sections 2.3 and 3.1.
enum UnitScale: Sendable, Equatable {
  /// Twice the number is twice as much.
  case ratio
  /// Zero lies elsewhere, this many base units from nothing, as that of `Cel` and `[degF]`.
  case interval(zero: UnitFactor)
  /// A function leads from one to the other, as that of `[pH]` and `dB`.
  case function

  /// How many base units lie between nothing and zero.
  var zero: UnitFactor {
    if case .interval(let zero) = self { zero } else { .zero }
  }
}
