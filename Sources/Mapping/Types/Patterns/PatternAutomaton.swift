/// Which character of a pattern may follow which (Glushkov's automaton): matching takes time in proportion to the text, whatever
/// the pattern is.
struct PatternAutomaton: Sendable {
  private var sets: [ScalarSet] = []
  private var followers: [Set<Int>] = []
  private var root = Span()

  /// What may stand first and last in a part, and whether nothing may stand there at all.
  private struct Span {
    var first: Set<Int> = []
    var last: Set<Int> = []
    var mayBeEmpty = true
  }

  private static let most = 500

  /// - Returns: `nil` when the pattern has too many positions.
  init?(_ part: CharacterPattern.Part) {
    guard let span = span(part) else { return nil }
    root = span
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var places = root.first
    var reached: Set<Int> = []
    var scalars = UnicodeScalars(text)
    var isEmpty = true
    while let scalar = scalars.next() {
      reached = places.filter { sets[$0].contains(scalar) }
      if reached.isEmpty { return false }
      places = reached.reduce(into: []) { $0.formUnion(followers[$1]) }
      isEmpty = false
    }
    return isEmpty ? root.mayBeEmpty : !reached.isDisjoint(with: root.last)
  }

  private mutating func span(_ part: CharacterPattern.Part) -> Span? {
    switch part {
    case .one(let set):
      guard sets.count < Self.most else { return nil }
      sets.append(set)
      followers.append([])
      return Span(first: [sets.count - 1], last: [sets.count - 1], mayBeEmpty: false)
    case .sequence(let parts): return sequence(parts)
    case .choice(let parts): return choice(parts)
    case .repeated(let part, let least, let most): return repeated(part, least, most)
    }
  }

  private mutating func sequence(_ parts: [CharacterPattern.Part]) -> Span? {
    var all = Span()
    for part in parts {
      guard let next = span(part) else { return nil }
      all = joined(all, next)
    }
    return all
  }

  private mutating func choice(_ parts: [CharacterPattern.Part]) -> Span? {
    var all = Span(mayBeEmpty: false)
    for part in parts {
      guard let next = span(part) else { return nil }
      all.first.formUnion(next.first)
      all.last.formUnion(next.last)
      all.mayBeEmpty = all.mayBeEmpty || next.mayBeEmpty
    }
    return all
  }

  private mutating func repeated(_ part: CharacterPattern.Part, _ least: Int, _ most: Int?) -> Span? {
    var all = Span()
    for count in 0..<max(least, most ?? max(least, 1)) {
      guard var next = span(part) else { return nil }
      if count >= least { next.mayBeEmpty = true }
      if most == nil, count + 1 >= least { link(next.last, to: next.first) }
      all = joined(all, next)
    }
    return all
  }

  private mutating func joined(_ left: Span, _ right: Span) -> Span {
    link(left.last, to: right.first)
    return Span(
      first: left.mayBeEmpty ? left.first.union(right.first) : left.first,
      last: right.mayBeEmpty ? right.last.union(left.last) : right.last,
      mayBeEmpty: left.mayBeEmpty && right.mayBeEmpty)
  }

  private mutating func link(_ places: Set<Int>, to next: Set<Int>) {
    for place in places { followers[place].formUnion(next) }
  }
}

/// The scalars of a text in UTF-8, which is known to be well-formed.
private struct UnicodeScalars: IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func next() -> UInt32? {
    guard at < text.count else { return nil }
    let lead = text[at]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = UInt32(length == 1 ? lead : lead & (0xFF >> UInt8(length + 1)))
    for byte in text[(at + 1)...].prefix(length - 1) { scalar = scalar << 6 | UInt32(byte & 0x3F) }
    at += length
    return scalar
  }
}
