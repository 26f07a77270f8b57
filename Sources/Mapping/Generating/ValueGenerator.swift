import FHIRPath

/// Makes random values of each type from a seed (SplitMix64).
struct ValueGenerator {
  private let tables: TableLibrary
  private var state: UInt64
  /// How often a value does not care whether lines can take it, in thousandths.
  var carelessness = 25
  /// Texts by which slices know their elements: who writes one elsewhere may be mistaken.
  var telling: [String] = []
  /// What open texts are every other time, for readers who take them for something narrower.
  var guises: [ScalarType] = []

  init(tables: TableLibrary, seed: UInt64) {
    self.tables = tables
    state = seed
  }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  mutating func chance(_ n: Int, of all: Int) -> Bool { below(all) < n }

  private mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }

  /// A value that lines can mostly take.
  /// - Parameter chains: what happens to it, by line.
  mutating func value(of type: ScalarType, for chains: [[Conversion]]) -> String {
    if type.isOpen, !telling.isEmpty, chance(1, of: 12) { return one(of: telling) }
    if type.isOpen, !guises.isEmpty, chance(1, of: 2) { return value(of: one(of: guises)) }
    let isTable = { (chain: [Conversion]) in if case .table? = chain.first { true } else { false } }
    guard let chain = chains.first(where: isTable) ?? chains.first(where: { !$0.isEmpty }),
      !chance(carelessness, of: 1000)
    else { return value(of: type) }
    return value(of: type, for: chain[...])
  }

  private mutating func value(of type: ScalarType, for chain: ArraySlice<Conversion>) -> String {
    switch chain.first {
    case .check where type.isPattern: value(of: type)
    case .check(let narrower): value(of: narrower, for: chain.dropFirst())
    case .removePrefix(let prefix): prefix + value(of: type, for: chain.dropFirst())
    case .decodeBase64: one(of: Self.textsAsBase64)
    case .instantToLocal: value(of: .instant(isPartial: false))
    case .timestampToInstant, .instantToTimestamp, .timestampToDate: value(of: type)
    case .compactDate where chain.dropFirst().first?.isCheckOfWholeDate == true:
      value(of: .date(isPartial: false, isCompact: false))
    case .expandDate where chain.dropFirst().first?.isCheckOfWholeDate == true:
      value(of: .date(isPartial: false, isCompact: true))
    case .table(let name, let direction) where !type.isEnumerated:
      code(of: tables.tables[name], direction) ?? value(of: type)
    default: value(of: type)
    }
  }

  /// A code that a table has a row for.
  private mutating func code(of table: CodeTable?, _ direction: Direction) -> String? {
    let codes = table?.rows(direction).map { $0.source(direction) }.filter { !$0.isEmpty } ?? []
    if let pattern = table?.pattern(direction), codes.isEmpty || chance(1, of: 4) {
      return pattern.source(direction).replacing("*", with: "1.2.\(below(1000))")
    }
    return codes.isEmpty ? nil : one(of: codes)
  }

  mutating func value(of type: ScalarType) -> String {
    switch type {
    case .string: words()
    case .text: chance(1, of: 8) ? words() + one(of: ["\n", "\n\n", "\n\t"]) + words() : words()
    case .limited(let length, let hasLines): short(value(of: hasLines ? .text : .string), length)
    case .pattern(let pattern): pattern.sample { below($0) }
    case .boolean: one(of: ["true", "false"])
    case .integer: chance(1, of: 8) ? one(of: Self.oddIntegers) : String(below(2_000_000) - 1000)
    case .decimal: one(of: Self.decimals)
    case .commaDecimal: one(of: Self.decimals).replacing(".", with: ",")
    case .time: time()
    case .uri: chance(1, of: 8) ? one(of: Self.oddURIs) : "urn:example:\(below(1000))"
    case .base64: one(of: Self.textsAsBase64 + ["AAAA", "+/+/"])
    case .personnummer: personnummer()
    case .hsaID: chance(1, of: 8) ? one(of: Self.oddHSAIDs) : "SE2321000016-\(padded(below(10_000), 4))"
    case .any: words()
    case .code(let codes): one(of: codes.isEmpty ? ["A", "J06.9", "ZV051", "åäö", "A B", "0"] : codes)
    case .fixed(let value): value
    case .date(let isPartial, let isCompact): date(isPartial, isCompact)
    case .instant(let isPartial): isPartial && chance(1, of: 4) ? date(true, false) : instant()
    case .localTime(_, let isCompact): localTime(isCompact)
    case .timestamp(_, let isPartial): isPartial && chance(1, of: 3) ? date(true, true) : timestamp()
    }
  }

  private mutating func words() -> String {
    if chance(1, of: 24) { return one(of: Self.oddTexts) }
    return (0...below(3)).map { _ in one(of: Self.words) }.joined(separator: " ")
  }

  /// The beginning of a text that ends in no space.
  private func short(_ text: String, _ length: Int) -> String {
    var scalars = text.unicodeScalars.prefix(length)
    while let last = scalars.last, last == " " || last == "\n" { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func personnummer() -> String {
    let nine =
      padded(80 + below(20), 2) + padded(1 + below(12), 2)
      + padded(1 + below(28) + (chance(1, of: 5) ? 60 : 0), 2) + padded(1 + below(999), 3)
    var sum = 0
    for (index, digit) in nine.compactMap(\.wholeNumberValue).enumerated() {
      let weighted = index % 2 == 0 ? digit * 2 : digit
      sum += weighted / 10 + weighted % 10
    }
    return "18\(nine)\((10 - sum % 10) % 10)"
  }

  private mutating func date(_ isPartial: Bool, _ isCompact: Bool) -> String {
    let ordinary = "\(1900 + below(200))-\(padded(1 + below(12), 2))-\(padded(1 + below(28), 2))"
    let day = chance(1, of: 8) ? one(of: Self.oddDays) : ordinary
    let parts = day.split(separator: "-").prefix(isPartial ? 1 + below(3) : 3)
    return parts.joined(separator: isCompact ? "" : "-")
  }

  private mutating func time() -> String {
    let ordinary = "\(padded(below(24), 2)):\(padded(below(60), 2)):\(padded(below(60), 2))"
    return chance(1, of: 8) ? one(of: ["00:00:00", "23:59:59", "02:30:00"]) : ordinary
  }

  /// Ordinary times, and those around the changes of October and March.
  private mutating func instant() -> String {
    let fraction = chance(1, of: 4) ? one(of: [".5", ".123456", ".000", ".123456789"]) : ""
    let day = chance(1, of: 4) ? one(of: ["2026-10-25", "2026-03-29", "2024-02-29"]) : date(false, false)
    return "\(day)T\(time())\(fraction)\(one(of: Self.offsets))"
  }

  /// The hour that October has twice occurs, and now and then the one that March skips, which is refused.
  private mutating func localTime(_ isCompact: Bool) -> String {
    var day = chance(1, of: 4) ? one(of: ["2026-10-25", "2027-10-31", "2024-02-29"]) : date(false, false)
    var clock = chance(1, of: 4) ? "02:\(padded(below(60), 2)):00" : time()
    if chance(1, of: 2000) { (day, clock) = ("2026-03-29", "02:30:00") }
    guard !isCompact else { return (day + clock).filter { $0 != "-" && $0 != ":" } }
    return "\(day)T\(clock)" + one(of: ["", "", ".5", ".123+01:00", "Z"])
  }

  /// Any precision from hours on, with an offset or without.
  private mutating func timestamp() -> String {
    let time = localTime(true)
    let offset = chance(1, of: 4) ? one(of: ["+0100", "+0200", "-0530"]) : ""
    return one(of: [
      String(time.prefix(10)), String(time.prefix(12)), time, time, time + ".5", time + ".1234",
    ])
      + offset
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

// MARK: Values at the edges of what types allow

extension ValueGenerator {
  private static let words = [
    "Åsa", "Östlund", "ärende", "hosta & feber", "\"citat\"", "<5 dagar", "it's", "a\\b", "Ünïcödé", "日本",
    "😀", "x",
  ]

  /// Texts that look like nothing or like something else, and a long one.
  private static let oddTexts = [
    "0", "-", "null", "false", "{}", "]]>", "&amp;", "\\n", " x", "x ", "a  b", "\u{A0}", "e\u{301}", "é",
    "\u{200B}x", String(repeating: "lång ", count: 800) + "x",
  ]

  private static let textsAsBase64 = ["YQ==", "w6XDpMO2", "U2x1c3M="]

  private static let oddIntegers = ["0", "-1", "2147483648", "9007199254740993", "-9223372036854775808"]

  private static let decimals = [
    "0", "0.10", "500.00", "425", "-12.5", "1.0", "0.000", "-0.5", "0.00000001", "123456789012345678.90",
  ]

  private static let oddURIs = [
    "x", "urn:uuid:018f3c1e-0000-7000-8000-000000000001", "https://example.se/%C3%A5?a=1&b=<2>#c",
    "urn:oid:1.2",
  ]

  private static let oddHSAIDs = ["SE2321000016-A", "SE2321000016-ABCDEFGH12345678", "SE2321000016-abc1"]

  private static let oddDays = [
    "1900-01-02", "1904-02-29", "1999-12-31", "2000-02-29", "2026-12-31", "2099-12-30",
  ]

  private static let offsets = ["Z", "+01:00", "+02:00", "-05:30", "+00:00", "+14:00", "-12:00", "+05:45"]
}

extension ScalarType {
  /// Whether the type lists its values; a table then has a row for each.
  fileprivate var isEnumerated: Bool {
    if case .code(let codes) = self { return !codes.isEmpty }
    return self == .boolean
  }

  /// Whether nearly every text without line breaks will do.
  fileprivate var isPattern: Bool { if case .pattern = self { true } else { false } }

  fileprivate var isOpen: Bool { self == .string || self == .text || self == .code([]) || self == .uri }
}

extension Conversion {
  /// Whether a day is demanded, not a year or month alone.
  fileprivate var isCheckOfWholeDate: Bool {
    if case .check(.date(isPartial: false, _)) = self { true } else { false }
  }
}
