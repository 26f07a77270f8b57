import Documents
import Mapping

/// What the examples show of one field's values: which types all of them have, and which values there are.
///
/// Values never reach a remark, for they may be a person's; few and often repeated ones become codes.
struct ValueEvidence: Sendable {
  /// Which types a text may turn out to have, the narrowest first.
  static let candidates: [ScalarType] = [
    .personnummer, .hsaID, .instant(isPartial: false), .date(isPartial: false, isCompact: false),
    .instant(isPartial: true), .date(isPartial: true, isCompact: false), .time,
    .localTime(zone: Self.zone, isCompact: false), .date(isPartial: false, isCompact: true),
    .localTime(zone: Self.zone, isCompact: true), .boolean, .integer, .decimal, .commaDecimal, .base64, .uri,
    .code([]),
    .string, .text,
  ]
  /// Where times without an offset are taken to be from.
  static let zone = "Europe/Stockholm"
  /// So many different values are remembered.
  private static let memory = 100

  private(set) var count = 0
  private(set) var strings = 0
  private(set) var numbers = 0
  private(set) var booleans = 0
  private(set) var longest = 0
  private(set) var shortest = Int.max
  /// The different values and how often each occurs, until there are too many.
  private(set) var distinct: [String: Int] = [:]
  private(set) var hasTooManyDistinct = false
  /// Values that begin like a web address or a URN.
  private(set) var withScheme = 0
  /// Values with both cases of letters and a digit, as encoded bytes have.
  private(set) var jumbled = 0
  private var fitting = [Int](repeating: 0, count: Self.candidates.count)

  /// Adds a value that is not empty.
  mutating func add(_ text: String, _ kind: NodeKind, _ tree: TreeKind) {
    count += 1
    switch kind {
    case .number: numbers += 1
    case .boolean: booleans += 1
    default: strings += 1
    }
    let bare = tree.isPlain ? text.trimmingBlanks : text
    longest = max(longest, bare.utf8.count)
    shortest = min(shortest, bare.utf8.count)
    if bare.contains("://") || bare.hasPrefix("urn:") { withScheme += 1 }
    if Self.isJumbled(bare) { jumbled += 1 }
    remember(bare)
    for (index, type) in Self.candidates.enumerated() {
      let keepsBlanks = type == .string || type == .text
      if type.accepts(keepsBlanks ? text : bare) { fitting[index] += 1 }
    }
  }

  private mutating func remember(_ value: String) {
    guard !hasTooManyDistinct else { return }
    distinct[value, default: 0] += 1
    if distinct.count > Self.memory {
      hasTooManyDistinct = true
      distinct = [:]
    }
  }

  private static func isJumbled(_ text: String) -> Bool {
    text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } && text.utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
      && text.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
  }

  /// How many values are of a type.
  func fitting(_ type: ScalarType) -> Int {
    Self.candidates.firstIndex(of: type).map { fitting[$0] } ?? 0
  }

  /// Whether all values are of a type.
  func all(_ type: ScalarType) -> Bool { count > 0 && fitting(type) == count }

  /// How many different values there are, at least.
  var distinctCount: Int { hasTooManyDistinct ? Self.memory + 1 : distinct.count }
}

extension String {
  /// Without the white space around it that means nothing in XML.
  var trimmingBlanks: String {
    var bytes = self[...].utf8
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
