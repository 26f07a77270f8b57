/// Values that were used lately; of the others it forgets those that were longest unused, half of all at once.
struct LatelyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let half: Int
  private var new: [Key: Value] = [:]
  private var old: [Key: Value] = [:]

  /// - Parameter most: the most values that are kept.
  init(most: Int) { half = max(1, most / 2) }

  subscript(key: Key) -> Value? {
    mutating get {
      if let value = new[key] { return value }
      guard let value = old.removeValue(forKey: key) else { return nil }
      self[key] = value
      return value
    }
    set {
      if new.count >= half { (new, old) = ([:], new) }
      old[key] = nil
      new[key] = newValue
    }
  }

  mutating func remove(_ key: Key) -> Value? {
    let older = old.removeValue(forKey: key)
    return new.removeValue(forKey: key) ?? older
  }
}
