/// Which entries name which keys, and whose keys were destroyed; gathered in parts that are put together.
///
/// A log names a key in nearly each entry, so keys stand in a table of open addressing: their ids are random already.
struct KeyUses: Sendable {
  /// The first entry that names a key, and whose key it says it is.
  struct Use: Sendable {
    let key: KeyName
    let pseudonym: KeyName
    /// Below zero where there is none.
    var entry: Int
  }

  private var table: [Use]
  /// How many keys there are.
  private(set) var count = 0
  /// The last entry about destroying a patient's keys.
  private var erasures: [KeyName: Int] = [:]
  /// So that nobody can make ids that all meet in one place.
  private static let factor = UInt64.random(in: 0...UInt64.max) | 1

  init() { table = Array(repeating: Self.none, count: 1024) }

  private static let none = Use(key: .zero, pseudonym: .zero, entry: -1)

  /// All, in no order.
  var all: some Sequence<Use> { table.lazy.filter { $0.entry >= 0 } }

  subscript(key: KeyName) -> Use? {
    let use = table[place(of: key)]
    return use.entry >= 0 ? use : nil
  }

  mutating func add(_ record: RecordOutline, isErasure: Bool, _ number: Int) {
    guard let pseudonym = record.pseudonym else { return }
    if let key = record.keyID {
      add(Use(key: key, pseudonym: pseudonym, entry: number))
    } else if isErasure {
      erasures[pseudonym] = max(erasures[pseudonym] ?? 0, number)
    }
  }

  mutating func add(_ other: KeyUses) {
    if count == 0 { (table, count) = (other.table, other.count) } else { for use in other.all { add(use) } }
    erasures.merge(other.erasures, uniquingKeysWith: max)
  }

  /// Whether an entry behind a key's first says that it was destroyed.
  func isErased(_ use: Use) -> Bool { erasures[use.pseudonym].map { $0 > use.entry } ?? false }

  /// How many are.
  var erased: Int { erasures.isEmpty ? 0 : all.count { isErased($0) } }

  private mutating func add(_ use: Use) {
    let place = place(of: use.key)
    guard table[place].entry < 0 else {
      if use.entry < table[place].entry { table[place] = use }
      return
    }
    table[place] = use
    count += 1
    if count * 2 > table.count { grow() }
  }

  private mutating func grow() {
    let old = table
    table = Array(repeating: Self.none, count: old.count * 2)
    for use in old where use.entry >= 0 { table[place(of: use.key)] = use }
  }

  private func place(of key: KeyName) -> Int {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: (key.low &* Self.factor) >> 20) & mask
    while table[place].entry >= 0, table[place].key != key { place = (place + 1) & mask }
    return place
  }
}
