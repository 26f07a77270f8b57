import FHIRPath

/// Which types can become which, and how.
enum TypeConversion {
  /// The conversions from one type to another, empty when a value can be taken as it is; `nil` when the types
  /// clash.
  static func between(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    if from == to { return [] }
    if case .fixed = from { return [.check(to)] }
    if let unlimited = from.unlimited { return between(unlimited, to) }
    if let unlimited = to.unlimited {
      return between(from, unlimited).map { $0.filter { $0 != .check(unlimited) } + [.check(to)] }
    }
    return times(from, to) ?? texts(from, to) ?? numbers(from, to)
  }

  private static func numbers(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.commaDecimal, .decimal): [.decimalPoint]
    case (.commaDecimal, .integer): [.check(to)]
    case (.decimal, .commaDecimal): [.decimalComma]
    case (.integer, .commaDecimal): []
    case (.integer, .decimal), (.integer, .string), (.integer, .text): []
    case (.string, .integer), (.text, .integer), (.decimal, .integer): [.check(to)]
    case (.decimal, .string), (.decimal, .text): []
    case (.string, .decimal), (.text, .decimal): [.check(to)]
    default: nil
    }
  }

  private static func texts(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.code(let some), .code(let all)): codes(some, all, to)
    case (.code(let codes), .uri): codes.isEmpty || codes.contains { $0.contains(" ") } ? [.check(to)] : []
    case (.string, .text), (.hsaID, .uri), (.personnummer, .code([])), (.hsaID, .code([])): []
    case (_, .string), (_, .text):
      from.isTextual ? (from.hasLines && to == .string ? [.check(to)] : []) : nil
    case (.string, _), (.text, _): to.isTextual ? [.check(to)] : nil
    case (.pattern, _), (_, .pattern): from.isTextual && to.isTextual ? [.check(to)] : nil
    case (.uri, .code), (.uri, .hsaID), (.code([]), .hsaID), (.code([]), .personnummer): [.check(to)]
    default: nil
    }
  }

  private static func codes(_ some: [String], _ all: [String], _ to: ScalarType) -> [Conversion]? {
    if all.isEmpty { return [] }
    if some.isEmpty { return [.check(to)] }
    return Set(some).isSubset(of: all) ? [] : nil
  }

  private static func times(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.date(let a, let compact), .date(let b, let compactToo)):
      (compact == compactToo ? [] : compact ? [.expandDate] : [.compactDate]) + (a && !b ? [.check(to)] : [])
    case (.date(_, let compact), .instant(isPartial: true)): compact ? [.expandDate] : []
    case (.instant(isPartial: true), .date(let partial, let compact)):
      [.check(.date(isPartial: partial, isCompact: false))] + (compact ? [.compactDate] : [])
    case (.instant(let a), .instant(let b)): a && !b ? [.check(to)] : []
    case (.localTime(let zone, let compact), .instant): [.localToInstant(zone: zone, isCompact: compact)]
    case (.instant(let partial), .localTime(let zone, let compact)):
      (partial ? [.check(.instant(isPartial: false))] : []) + [
        .instantToLocal(zone: zone, isCompact: compact)
      ]
    case (.localTime(let a, let compact), .localTime(let b, let compactToo)):
      [.localToInstant(zone: a, isCompact: compact), .instantToLocal(zone: b, isCompact: compactToo)]
    default: timestamps(from, to)
    }
  }

  private static func timestamps(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.timestamp(let zone, let partial), .instant(let partialToo)):
      (partial && !partialToo ? [.check(.timestamp(zone: zone, isPartial: false))] : [])
        + [.timestampToInstant(zone: zone)]
    case (.instant(let partialToo), .timestamp(let zone, let partial)):
      (partialToo && !partial ? [.check(.instant(isPartial: false))] : [])
        + [.instantToTimestamp(zone: zone)]
    case (.timestamp(_, isPartial: true), .date(let partial, isCompact: false)):
      [.timestampToDate] + (partial ? [] : [.check(to)])
    case (.date(_, isCompact: false), .timestamp(_, isPartial: true)): [.compactDate]
    default: nil
    }
  }

  /// What a person may do about a clash.
  static func remedy(_ from: ScalarType, _ to: ScalarType) -> String? {
    switch (from, to) {
    case (.code, .code): "put a code table between them: `| table`"
    case (.text, .base64), (.base64, .text), (.string, .base64), (.base64, .string):
      "put `| base64` behind the path"
    default: nil
    }
  }
}

extension ScalarType {
  /// Whether lines under `both` may stand between values of this type and another without a code table.
  package func corresponds(to other: ScalarType) -> Bool {
    TypeConversion.between(self, other) != nil && TypeConversion.between(other, self) != nil
  }

  /// The type without the limit of its length, `nil` when it has none.
  fileprivate var unlimited: ScalarType? {
    guard case .limited(_, let hasLines) = self else { return nil }
    return hasLines ? .text : .string
  }

  /// Whether values may have line breaks.
  fileprivate var hasLines: Bool {
    switch self {
    case .text: true
    case .pattern(let pattern): pattern.hasLines
    default: false
    }
  }

  /// Whether values are texts of some kind, as opposed to numbers, times and bytes.
  fileprivate var isTextual: Bool {
    switch self {
    case .string, .text, .code, .uri, .personnummer, .hsaID, .pattern: true
    default: false
    }
  }
}
