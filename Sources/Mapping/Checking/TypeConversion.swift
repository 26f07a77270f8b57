/// Which types can become which, and how.
enum TypeConversion {
  /// The conversions from one type to another, empty when a value can be taken as it is; `nil` when the types clash.
  static func between(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    if from == to { return [] }
    if case .fixed = from { return [.check(to)] }
    return times(from, to) ?? texts(from, to) ?? numbers(from, to)
  }

  private static func numbers(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.integer, .decimal), (.integer, .string), (.integer, .text): []
    case (.string, .integer), (.decimal, .integer): [.check(to)]
    default: nil
    }
  }

  private static func texts(_ from: ScalarType, _ to: ScalarType) -> [Conversion]? {
    switch (from, to) {
    case (.code, .code([])): []
    case (.code(let some), .code(let all)):
      !some.isEmpty && Set(some).isSubset(of: all) ? [] : some.isEmpty ? [.check(to)] : nil
    case (.string, .text), (.code, .string), (.code, .text), (.code, .uri): []
    case (.uri, .string), (.uri, .text), (.personnummer, .string), (.personnummer, .text): []
    case (.hsaID, .string), (.hsaID, .text), (.hsaID, .uri), (.personnummer, .code([])), (.hsaID, .code([])):
      []
    case (.text, .string), (.string, .code), (.text, .code), (.uri, .code): [.check(to)]
    case (.string, .uri), (.text, .uri), (.string, .hsaID), (.string, .personnummer): [.check(to)]
    case (.uri, .hsaID), (.code([]), .hsaID), (.code([]), .personnummer): [.check(to)]
    default: nil
    }
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
