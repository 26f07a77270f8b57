/// Why a value may arrive as less than it was, by what the lines on its way do with it.
struct Narrowing {
  private let tables: TableLibrary
  private let type: ScalarType
  /// What is done to values and not yet undone.
  private var open: [Conversion] = []
  /// What every value still is.
  private var known: ScalarType
  private var reasons: [String] = []

  /// The reasons for a value of a type on its way through some lines; none when every value arrives as it is.
  static func reasons(_ type: ScalarType, _ rules: [Rule], _ tables: TableLibrary) -> [String] {
    var narrowing = Narrowing(tables: tables, type: type, known: type)
    let isFormula = rules.contains { $0.source.hasPrefix("=") }
    if isFormula { narrowing.reasons.append("through a formula") }
    if !isFormula, let codes = type.listedCodes { return narrowing.fewer(codes, rules) }
    for conversion in rules.flatMap(\.conversions) { narrowing.follow(conversion) }
    return narrowing.reasons
  }

  private init(tables: TableLibrary, type: ScalarType, known: ScalarType) {
    self.tables = tables
    self.type = type
    self.known = known
  }

  private mutating func follow(_ conversion: Conversion) {
    if let last = open.last, conversion.undoes(last) {
      open.removeLast()
      return
    }
    switch conversion {
    case .check(let wanted): check(wanted)
    case .instantToLocal(let zone, let isCompact):
      let precision = isCompact ? "to the second, " : ""
      reasons.append("\(precision)as clocks in \(zone) show it, without its offset")
      known = .localTime(zone: zone, isCompact: false)
    case .removePrefix(let prefix): reasons.append("only what begins with `\(prefix)`")
    case .table(let name, let direction):
      if let words = tables.tables[name]?.fewer(direction) { reasons.append(words) }
      known = .text
    case .instantToTimestamp(let zone): reasons.append("as clocks in \(zone) show it, without its offset")
    case .timestampToDate: reasons.append("without the time of day")
    case .localToInstant, .timestampToInstant, .addPrefix, .encodeBase64: open.append(conversion)
    case .expandDate, .compactDate, .decodeBase64, .decimalPoint, .decimalComma, .negate: break
    }
  }

  private mutating func check(_ wanted: ScalarType) {
    let isCovered = open.isEmpty ? TypeConversion.between(known, wanted) == [] : known.hasNoWhiteSpace
    guard !isCovered else { return }
    reasons.append("only what fits \(wanted.shortened)")
    if open.isEmpty { known = wanted }
  }

  /// For a type that lists its values: what each becomes in the end.
  private func fewer(_ codes: [String], _ rules: [Rule]) -> [String] {
    var sources: [String: [String]] = [:]
    for code in codes {
      let end = rules.reduce(Optional(code)) { value, rule in apply(rule.conversions, to: value) }
      sources[end ?? "", default: []].append(code)
    }
    let merged = sources.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    let words = merged.map {
      "\($0.value.joined(separator: ", ")) become \($0.key.isEmpty ? "nothing" : $0.key)"
    }
    return words.isEmpty ? [] : ["fewer codes: " + words.joined(separator: "; ")]
  }

  private func apply(_ conversions: [Conversion], to value: String?) -> String? {
    conversions.reduce(value) { value, conversion in
      switch conversion {
      case .table(let name, let direction): tables.tables[name]?.target(of: value ?? "", direction)
      case .negate: value.map { $0 == "true" ? "false" : "true" }
      case .addPrefix(let prefix): value.map { prefix + $0 }
      case .removePrefix(let prefix):
        value.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : "" }
      default: value
      }
    }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension CodeTable {
  /// Codes that become one, in words; `nil` when there are none.
  fileprivate func fewer(_ direction: Direction) -> String? {
    var sources: [String: [String]] = [:]
    for row in rows(direction) where !row.source(direction).isEmpty {
      sources[row.target(direction), default: []].append(row.source(direction))
    }
    var words = sources.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
      "\($0.value.joined(separator: ", ")) become \($0.key.isEmpty ? "nothing" : $0.key)"
    }
    if let star = pattern(direction)?.target(direction), !star.contains("*") {
      words.append("others become \(star)")
    }
    return words.isEmpty ? nil : "fewer codes: " + words.joined(separator: "; ")
  }
}

extension Conversion {
  /// Whether this gives back what another did.
  fileprivate func undoes(_ other: Conversion) -> Bool {
    switch (other, self) {
    case (.addPrefix(let a), .removePrefix(let b)): a == b
    case (.encodeBase64, .decodeBase64): true
    case (.localToInstant(let a, _), .instantToLocal(let b, _)): a == b
    case (.timestampToInstant(let a), .instantToTimestamp(let b)): a == b
    default: false
    }
  }
}

extension ScalarType {
  fileprivate var listedCodes: [String]? {
    if case .code(let codes) = self, !codes.isEmpty { return codes }
    return self == .boolean ? ["true", "false"] : nil
  }

  fileprivate var hasNoWhiteSpace: Bool {
    switch self {
    case .string, .text, .limited, .pattern, .any, .code: false
    default: true
    }
  }

  fileprivate var shortened: String {
    if case .code(let codes) = self, codes.count > 4 { return "\(codes.count) codes" }
    return description
  }
}
