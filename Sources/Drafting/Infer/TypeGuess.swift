import Mapping

/// The narrowest type that all values of a field have, and what a person should know of the choice.
struct TypeGuess: Sendable {
  var type: ScalarType
  var remarks: [String] = []

  /// Codes are proposed when there are at most so many, each seen so often on average, among so many values.
  static let mostCodes = 12
  static let meanOccurrences = 4
  static let leastOccurrences = 10
  /// A token is called a code when its values come back so often on average.
  static let meanOfTokens = 3
  static let leastTokens = 6

  /// - Parameter tree: plain trees say nothing of kinds; in others numbers and truth values are told apart.
  init(_ values: ValueEvidence, _ tree: TreeKind) {
    guard values.count > 0 else {
      self.init(type: .string, remarks: ["never filled"])
      return
    }
    if !tree.isPlain, let typed = Self.typed(values) {
      self = typed
    } else {
      self = Self.text(values, tree)
    }
  }

  private init(type: ScalarType, remarks: [String] = []) {
    self.type = type
    self.remarks = remarks
  }

  /// JSON's numbers and truth values; `nil` when all values are texts.
  private static func typed(_ values: ValueEvidence) -> TypeGuess? {
    if values.strings == values.count { return nil }
    if values.booleans == values.count { return TypeGuess(type: .boolean) }
    guard values.numbers == values.count else { return TypeGuess(type: .any, remarks: [mixed(values)]) }
    if values.all(.integer) { return TypeGuess(type: .integer) }
    if values.all(.decimal) { return TypeGuess(type: .decimal) }
    return TypeGuess(type: .any, remarks: ["numbers with exponents, which no type takes"])
  }

  private static func mixed(_ values: ValueEvidence) -> String {
    let kinds = [("text", values.strings), ("number", values.numbers), ("true or false", values.booleans)]
    return kinds.filter { $0.1 > 0 }.map { "\($0.0) in \($0.1)" }.joined(separator: ", ")
  }

  private static func text(_ values: ValueEvidence, _ tree: TreeKind) -> TypeGuess {
    var guess = domain(values) ?? number(values, tree) ?? bytesOrAddress(values) ?? words(values)
    guess.remarks += almost(values, guess.type)
    return guess
  }

  private static func domain(_ values: ValueEvidence) -> TypeGuess? {
    if let type = [.personnummer, .hsaID, .instant(isPartial: false), day(partial: false), .time].first(
      where: values.all)
    {
      return TypeGuess(type: type)
    }
    if values.all(day(partial: true)), values.fitting(day(partial: false)) > 0 {
      return TypeGuess(type: day(partial: true))
    }
    if values.all(.instant(isPartial: true)), values.fitting(.instant(isPartial: false)) > 0 {
      return TypeGuess(type: .instant(isPartial: true))
    }
    return local(values, isCompact: false) ?? compact(values)
  }

  private static func day(partial: Bool) -> ScalarType { .date(isPartial: partial, isCompact: false) }

  private static func local(_ values: ValueEvidence, isCompact: Bool) -> TypeGuess? {
    let type = ScalarType.localTime(zone: ValueEvidence.zone, isCompact: isCompact)
    guard values.all(type) else { return nil }
    return TypeGuess(type: type, remarks: ["no offset is given: is it this zone's time?"])
  }

  /// Digits alone are a date or a time only when several different ones are, of years that people live in.
  private static func compact(_ values: ValueEvidence) -> TypeGuess? {
    let centuries = ["18", "19", "20", "21"]
    let isOfOurTime = values.distinct.keys.allSatisfy { centuries.contains(String($0.prefix(2))) }
    guard values.distinctCount >= 2, isOfOurTime else { return nil }
    let date = ScalarType.date(isPartial: false, isCompact: true)
    return values.all(date) ? TypeGuess(type: date) : local(values, isCompact: true)
  }

  /// Digits of one length are a number of something, a postal code or an account, not an amount.
  private static func number(_ values: ValueEvidence, _ tree: TreeKind) -> TypeGuess? {
    guard tree.isPlain else { return nil }
    if values.all(.boolean) { return TypeGuess(type: .boolean) }
    if values.all(.integer) {
      let isNumbering = values.shortest == values.longest && values.longest >= 5
      guard !isNumbering else {
        return TypeGuess(type: .string, remarks: ["always \(values.longest) digits"])
      }
      return TypeGuess(type: .integer)
    }
    if values.all(.commaDecimal), values.distinctCount > 1 { return TypeGuess(type: .commaDecimal) }
    guard values.all(.decimal) else { return nil }
    return values.distinctCount > 1
      ? TypeGuess(type: .decimal) : TypeGuess(type: .string, remarks: ["a decimal, or a version?"])
  }

  private static func bytesOrAddress(_ values: ValueEvidence) -> TypeGuess? {
    if values.all(.base64), values.shortest >= 24, values.jumbled == values.count {
      return TypeGuess(type: .base64)
    }
    return values.all(.uri) && values.withScheme == values.count ? TypeGuess(type: .uri) : nil
  }

  private static func words(_ values: ValueEvidence) -> TypeGuess {
    if !values.all(.string) || values.longest > 200 {
      return values.all(.text)
        ? TypeGuess(type: .text) : TypeGuess(type: .any, remarks: ["holds control characters"])
    }
    guard values.all(.code([])), isSpaceless(values) else { return TypeGuess(type: .string) }
    return codes(values)
      ?? TypeGuess(
        type: values.count >= leastTokens && values.count >= meanOfTokens * values.distinctCount
          ? .code([]) : .string)
  }

  private static func isSpaceless(_ values: ValueEvidence) -> Bool {
    values.longest <= 40 && !values.hasTooManyDistinct
      && values.distinct.keys.allSatisfy { !$0.contains(" ") }
  }

  private static func codes(_ values: ValueEvidence) -> TypeGuess? {
    let distinct = values.distinctCount
    guard distinct <= mostCodes, values.count >= leastOccurrences, values.count >= meanOccurrences * distinct,
      values.distinct.keys.allSatisfy(isListable)
    else { return nil }
    return TypeGuess(
      type: .code(values.distinct.keys.sorted()),
      remarks: ["\(distinct) \(distinct == 1 ? "value" : "values") in \(values.count)"])
  }

  /// Whether a code can stand in `code(a, b)`.
  private static func isListable(_ code: String) -> Bool { !code.contains(",") }

  /// What digits would be if there were more than one value.
  private static func single(_ values: ValueEvidence) -> [String] {
    guard values.distinctCount == 1 else { return [] }
    let digits: [ScalarType] = [
      .date(isPartial: false, isCompact: true), .localTime(zone: ValueEvidence.zone, isCompact: true),
    ]
    return digits.filter(values.all).map { "one value only: a \($0)?" }
  }

  /// A type that most values have but not all is worth a look: often the others are mistakes.
  private static func almost(_ values: ValueEvidence, _ chosen: ScalarType) -> [String] {
    guard [.string, .text, .code([])].contains(chosen) else { return [] }
    let told: [ScalarType] = [.personnummer, .hsaID, .instant(isPartial: false), day(partial: false)]
    return single(values)
      + told.filter { values.fitting($0) * 2 > values.count }
      .map { "\(values.fitting($0)) of \(values.count) are \($0 == .hsaID ? "an" : "a") \($0)" }
  }
}
