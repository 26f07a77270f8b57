/// Makes random values of each type from a seed (SplitMix64).
struct ValueGenerator {
  private let tables: TableLibrary
  private var state: UInt64
  /// How often a value does not care whether lines can take it, in thousandths.
  var carelessness = 25
  /// Texts by which slices know their elements: who writes one elsewhere may be mistaken.
  var telling: [String] = []

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
    let isTable = { (chain: [Conversion]) in if case .table? = chain.first { true } else { false } }
    guard let chain = chains.first(where: isTable) ?? chains.first(where: { !$0.isEmpty }),
      !chance(carelessness, of: 1000)
    else { return value(of: type) }
    return value(of: type, for: chain[...])
  }

  private mutating func value(of type: ScalarType, for chain: ArraySlice<Conversion>) -> String {
    switch chain.first {
    case .check(let narrower): value(of: narrower, for: chain.dropFirst())
    case .removePrefix(let prefix): prefix + value(of: type, for: chain.dropFirst())
    case .decodeBase64: value(of: .base64)
    case .instantToLocal: value(of: .instant(isPartial: false))
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
    case .text: words() + (chance(1, of: 8) ? "\n" + words() : "")
    case .limited(let length, let hasLines): short(value(of: hasLines ? .text : .string), length)
    case .boolean: one(of: ["true", "false"])
    case .integer:
      chance(1, of: 8) ? one(of: ["0", "-1", "9007199254740993"]) : String(below(2_000_000) - 1000)
    case .decimal: one(of: ["0", "0.10", "500.00", "425", "-12.5", "123456789012345678.90"])
    case .time: "\(padded(below(24), 2)):\(padded(below(60), 2)):\(padded(below(60), 2))"
    case .uri: "urn:example:\(below(1000))"
    case .base64: one(of: ["YQ==", "w6XDpMO2", "U2x1c3M="])
    case .personnummer: personnummer()
    case .personID: chance(1, of: 4) ? "19\(padded(below(1_000_000), 6))T\(padded(below(1000), 3))" : personnummer()
    case .hsaID: "SE2321000016-\(padded(below(10_000), 4))"
    case .any: words()
    case .code(let codes): codes.isEmpty ? one(of: ["A", "J06.9", "ZV051", "åäö"]) : one(of: codes)
    case .fixed(let value): value
    case .date(let isPartial, let isCompact): date(isPartial, isCompact)
    case .instant(let isPartial): isPartial && chance(1, of: 4) ? date(true, false) : instant()
    case .localTime(_, let isCompact): localTime(isCompact)
    }
  }

  private mutating func words() -> String {
    let words = [
      "Åsa", "Östlund", "ärende", "hosta & feber", "\"citat\"", "<5 dagar", "it's", "a\\b", "Ünïcödé", "日本",
      "😀", "x",
    ]
    return (0...below(3)).map { _ in one(of: words) }.joined(separator: " ")
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
    let dash = isCompact ? "" : "-"
    let parts = ["\(1900 + below(130))", padded(1 + below(12), 2), padded(1 + below(28), 2)]
    return parts.prefix(isPartial ? 1 + below(3) : 3).joined(separator: dash)
  }

  /// Ordinary times, and those around the changes of October and March.
  private mutating func instant() -> String {
    let offsets = ["Z", "+01:00", "+02:00", "-05:30"]
    let fraction = chance(1, of: 4) ? one(of: [".5", ".123456"]) : ""
    let day = one(of: [
      "2026-10-25", "2026-03-29", "2024-02-29",
      "2026-\(padded(1 + below(12), 2))-\(padded(1 + below(28), 2))",
    ])
    return "\(day)T\(value(of: .time))\(fraction)\(one(of: offsets))"
  }

  private mutating func localTime(_ isCompact: Bool) -> String {
    let changes = ["2026-10-25", "2027-10-31", "2024-02-29"]
    let date = chance(1, of: 4) ? one(of: changes).filter { !isCompact || $0 != "-" } : date(false, isCompact)
    let time = one(of: [value(of: .time), "02:30:00", "00:00:00", "23:59:59"])
    guard !isCompact else { return date + time.filter { $0 != ":" } }
    return "\(date)T\(time)" + one(of: ["", "", ".5", ".123+01:00", "Z"])
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension ScalarType {
  /// Whether the type lists its values; a table then has a row for each.
  fileprivate var isEnumerated: Bool {
    if case .code(let codes) = self { return !codes.isEmpty }
    return self == .boolean
  }

  /// Whether nearly every text without line breaks will do.
  fileprivate var isOpen: Bool { self == .string || self == .text || self == .code([]) || self == .uri }
}
