/// Numbers that texts of a forest stand for, found without making strings of them. Texts that senders choose can't make
/// it slow: it hashes by a seed of the process's own.
public struct TextNumbers: ~Copyable {
  // Side by side, what is known of each text.
  private var texts = Arena<TextRange>(capacity: 16)
  private var hashes = Arena<Int>(capacity: 16)
  private var numbers = Arena<Int>(capacity: 16)
  /// Indexes of texts; -1 for none.
  private var slots = Arena<Int32>(capacity: 32)

  /// No texts.
  public init() {
    slots.append(repeating: -1, count: 32)
  }

  /// Gives a text a number instead of the one that it has.
  public mutating func set(_ text: TextRange, to number: Int, in forest: borrowing Forest) {
    let hash = Self.hash(text, forest)
    let slot = slot(of: text, hash, forest)
    if slots[slot] >= 0 {
      numbers[Int(slots[slot])] = number
      return
    }
    slots[slot] = Int32(truncatingIfNeeded: texts.count)
    texts.append(text)
    hashes.append(hash)
    numbers.append(number)
    if texts.count * 2 > slots.count { grow() }
  }

  /// The number of a text, or `nil`.
  public func number(of text: TextRange, in forest: borrowing Forest) -> Int? {
    let index = slots[slot(of: text, Self.hash(text, forest), forest)]
    return index < 0 ? nil : numbers[Int(index)]
  }

  private func slot(of text: TextRange, _ hash: Int, _ forest: borrowing Forest) -> Int {
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, forest.equal(texts[index], text) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    let count = slots.count * 2
    slots.truncate(to: 0)
    slots.append(repeating: -1, count: count)
    for index in 0..<hashes.count {
      var slot = hashes[index] & (count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  private static func hash(_ text: TextRange, _ forest: borrowing Forest) -> Int {
    forest.text.withElements { bytes in
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[text.indices])))
      return hasher.finalize()
    }
  }
}
