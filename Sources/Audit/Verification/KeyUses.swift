/// Which entries name which keys, and whose keys were destroyed; gathered in parts that are put together.
struct KeyUses: Sendable {
  /// The first entry that names a key, and whose key it says it is.
  struct Use: Sendable {
    let entry: Int
    let pseudonym: KeyName
  }

  private(set) var uses: [KeyName: Use] = [:]
  /// The last entry about destroying a patient's keys.
  private var erasures: [KeyName: Int] = [:]

  mutating func add(_ record: RecordOutline, isErasure: Bool, _ number: Int) {
    guard let pseudonym = record.pseudonym else { return }
    if let key = record.keyID {
      if uses[key] == nil { uses[key] = Use(entry: number, pseudonym: pseudonym) }
    } else if isErasure {
      erasures[pseudonym] = max(erasures[pseudonym] ?? 0, number)
    }
  }

  mutating func add(_ other: KeyUses) {
    uses.merge(other.uses) { $0.entry < $1.entry ? $0 : $1 }
    erasures.merge(other.erasures, uniquingKeysWith: max)
  }

  /// Whether an entry behind a key's first says that it was destroyed.
  func isErased(_ use: Use) -> Bool { erasures[use.pseudonym].map { $0 > use.entry } ?? false }
}
