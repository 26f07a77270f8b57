import Documents
import FHIRPath

/// A ``ScalarType`` as a plain value that can be checked without touching memory beyond it.
struct ValueRule: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    case commaDecimal
    case string, text, boolean, integer, decimal, time, uri, base64, personnummer, hsaID, any
    case date, datePartial, compactDate, compactDatePartial, instant, instantPartial, localTime,
      compactLocalTime, timestamp, timestampPartial
    case token, codes, limitedString, limitedText, pattern
  }

  let kind: Kind
  /// For `codes`: which; for limited texts `count` is their length; for a pattern `start` is which.
  let codes: TableRange

  /// What a value is in JSON.
  var jsonKind = NodeKind.string
  /// Whether white space around the value belongs to it.
  var keepsSpace: Bool { [.string, .text, .any, .limitedString, .limitedText, .pattern].contains(kind) }
}

extension ScalarType {
  fileprivate var ruleKind: ValueRule.Kind {
    switch self {
    case .string: .string
    case .text: .text
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .commaDecimal: .commaDecimal
    case .time: .time
    case .uri: .uri
    case .base64: .base64
    case .personnummer: .personnummer
    case .hsaID: .hsaID
    case .any: .any
    case .date(let isPartial, let isCompact):
      isCompact ? (isPartial ? .compactDatePartial : .compactDate) : isPartial ? .datePartial : .date
    case .instant(let isPartial): isPartial ? .instantPartial : .instant
    case .localTime(_, let isCompact): isCompact ? .compactLocalTime : .localTime
    case .timestamp(_, let isPartial): isPartial ? .timestampPartial : .timestamp
    case .limited(_, let hasLines): hasLines ? .limitedText : .limitedString
    case .pattern: .pattern
    case .code(let codes): codes.isEmpty ? .token : .codes
    case .fixed: .codes
    }
  }

  fileprivate var allowedCodes: [String] {
    switch self {
    case .code(let codes): codes
    case .fixed(let value): [value]
    default: []
    }
  }
}

extension ScalarType {
  /// Whether a text, not empty, is a value of this type.
  package func accepts(_ text: String) -> Bool {
    let codes = allowedCodes
    if !codes.isEmpty { return codes.contains(text) }
    if case .limited(let length, _) = self, text.unicodeScalars.count > length { return false }
    var text = text
    if case .pattern(let pattern) = self, !text.withUTF8({ pattern.matches($0) }) { return false }
    return text.withUTF8 { ValueRules.fits($0, ruleKind) }
  }
}

/// Collects the code lists of rules.
struct ValueRuleBuilder {
  var constants = ConstantBuilder()
  var codes: [TableRange] = []
  var patterns: [WholePattern] = []

  mutating func rule(_ type: ScalarType) -> ValueRule {
    let list = type.allowedCodes.map { constants.add($0) }
    var range = TableRange(start: Int32(codes.count), count: Int32(list.count))
    codes += list
    if case .limited(let length, _) = type { range.count = Int32(clamping: length) }
    if case .pattern(let pattern) = type {
      range.start = Int32(patterns.count)
      patterns.append(pattern)
    }
    return ValueRule(kind: type.ruleKind, codes: range, jsonKind: type.jsonKind)
  }
}

/// The code lists that rules refer to, and the checks themselves.
struct ValueRules: Sendable {
  private let codes: Table<TableRange>
  private let constants: Table<UInt8>
  private let patterns: [WholePattern]

  init(_ builder: ValueRuleBuilder) {
    codes = Table(builder.codes)
    constants = Table(builder.constants.bytes)
    patterns = builder.patterns
  }

  func deallocate() {
    codes.deallocate()
    constants.deallocate()
  }

  /// Whether a text, not empty, satisfies a rule.
  @inline(__always)
  func accept(_ text: UnsafeBufferPointer<UInt8>, _ rule: ValueRule) -> Bool {
    switch rule.kind {
    case .codes: contains(rule.codes, text)
    case .limitedString, .limitedText: isShort(text, rule.codes) && Self.fits(text, rule.kind)
    case .pattern: Self.fits(text, rule.kind) && patterns[Int(rule.codes.start)].matches(text)
    default: Self.fits(text, rule.kind)
    }
  }

  /// Whether a text has at most `count` Unicode scalars.
  private func isShort(_ text: UnsafeBufferPointer<UInt8>, _ limit: TableRange) -> Bool {
    text.count <= limit.count || text.count { $0 & 0xC0 != 0x80 } <= limit.count
  }

  /// Whether a text, not empty, is a value of a kind; codes are not looked up.
  @inline(never)
  fileprivate static func fits(_ text: UnsafeBufferPointer<UInt8>, _ kind: ValueRule.Kind) -> Bool {
    switch kind {
    case .any, .codes: true
    case .string, .limitedString: ScalarSyntax.string(text)
    case .text, .limitedText, .pattern: ScalarSyntax.text(text)
    case .token: ScalarSyntax.code(text)
    case .uri: ScalarSyntax.uri(text)
    case .boolean: ScalarSyntax.boolean(text)
    case .integer: ScalarSyntax.integer(text)
    case .decimal: ScalarSyntax.decimal(text)
    case .commaDecimal: ScalarSyntax.commaDecimal(text)
    case .time: ScalarSyntax.time(text)
    case .base64: ScalarSyntax.base64(text)
    case .personnummer: PersonNumberSyntax.isValid(text)
    case .hsaID: ScalarSyntax.hsaID(text)
    case .date: DateSyntax.precision(ofDate: text, isCompact: false) == 8
    case .datePartial: DateSyntax.precision(ofDate: text, isCompact: false) != nil
    case .compactDate: DateSyntax.precision(ofDate: text, isCompact: true) == 8
    case .compactDatePartial: DateSyntax.precision(ofDate: text, isCompact: true) != nil
    case .instant: DateSyntax.isInstant(text, isPartial: false)
    case .instantPartial: DateSyntax.isInstant(text, isPartial: true)
    case .localTime: DateSyntax.isLocal(text)
    case .compactLocalTime: DateSyntax.wall(text, isCompact: true) != nil
    case .timestamp: TimestampSyntax(text).map { $0.hasTime } ?? false
    case .timestampPartial: TimestampSyntax(text) != nil
    }
  }

  private func contains(_ range: TableRange, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for i in range.start..<range.start + range.count where codes[Int(i)].count == text.count {
      if ByteRuns.same(constants.slice(codes[Int(i)]), text) { return true }
    }
    return false
  }
}
