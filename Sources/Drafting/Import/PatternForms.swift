/// The texts that a pattern allows, as sequences of sets of characters; patterns without an end have none.
struct PatternForms {
  /// Each sequence holds the characters that may stand at each position; `nil` is any character of many.
  typealias Form = [Set<Character>?]

  private var rest: Substring
  private static let most = 400

  /// The forms of a pattern (XML Schema part 2, appendix F); `nil` when they are too many or too unusual.
  static func of(_ pattern: String) -> [Form]? {
    var reader = PatternForms(rest: pattern[...])
    guard let forms = reader.alternatives(), reader.rest.isEmpty else { return nil }
    return forms
  }

  private init(rest: Substring) { self.rest = rest }

  private mutating func alternatives() -> [Form]? {
    guard var forms = sequence() else { return nil }
    while rest.first == "|" {
      rest.removeFirst()
      guard let more = sequence(), forms.count + more.count <= Self.most else { return nil }
      forms += more
    }
    return forms
  }

  private mutating func sequence() -> [Form]? {
    var forms: [Form] = [[]]
    while let next = rest.first, next != "|", next != ")" {
      guard let atom = atom(), let times = times(), let repeated = repeated(atom, times),
        let joined = joined(forms, repeated)
      else { return nil }
      forms = joined
    }
    return forms
  }

  private func joined(_ left: [Form], _ right: [Form]) -> [Form]? {
    guard left.count * right.count <= Self.most else { return nil }
    return left.flatMap { start in right.map { start + $0 } }
  }

  private func repeated(_ atom: [Form], _ times: ClosedRange<Int>) -> [Form]? {
    var all: [Form] = []
    var forms: [Form] = [[]]
    for count in 0...times.upperBound {
      if count > 0 {
        guard let longer = joined(forms, atom) else { return nil }
        forms = longer
      }
      if times.contains(count) { all += forms }
      if all.count > Self.most { return nil }
    }
    return all
  }

  /// A quantifier with an end of at most twenty.
  private mutating func times() -> ClosedRange<Int>? {
    switch rest.first {
    case "?":
      rest.removeFirst()
      return 0...1
    case "*", "+": return nil
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let parts = rest[rest.index(after: rest.startIndex)..<end].split(
        separator: ",", omittingEmptySubsequences: false)
      rest = rest[rest.index(after: end)...]
      guard let least = parts.first.flatMap({ Int($0) }), let most = parts.last.flatMap({ Int($0) }),
        least <= most, most <= 20
      else { return nil }
      return least...most
    default: return 1...1
    }
  }
}

// MARK: Atoms

extension PatternForms {
  private mutating func atom() -> [Form]? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case "(":
      guard let forms = alternatives(), rest.popFirst() == ")" else { return nil }
      return forms
    case "[": return characterClass().map { [[$0]] }
    case "\\": return escape().map { [[$0]] }
    case ".": return [[nil]]
    default: return [[[first]]]
    }
  }

  private static let digits = Set("0123456789")

  /// `\d`, or a character that means itself; other classes are not followed.
  private mutating func escape() -> Set<Character>? {
    guard let escaped = rest.popFirst() else { return nil }
    if escaped == "d" { return Self.digits }
    return escaped.isLetter ? nil : [escaped]
  }

  /// `[0-9A-F]`; negations and subtractions are not followed.
  private mutating func characterClass() -> Set<Character>? {
    var characters: Set<Character> = []
    guard rest.first != "^" else { return nil }
    while let next = rest.popFirst(), next != "]" {
      guard next != "[" else { return nil }
      if next == "\\" {
        guard let escaped = escape() else { return nil }
        characters.formUnion(escaped)
      } else if rest.first == "-", let last = rest.dropFirst().first, last != "]" {
        rest.removeFirst(2)
        guard let range = Self.range(next, last) else { return nil }
        characters.formUnion(range)
      } else {
        characters.insert(next)
      }
    }
    return characters
  }

  private static func range(_ first: Character, _ last: Character) -> [Character]? {
    guard let low = first.asciiValue, let high = last.asciiValue, low <= high else { return nil }
    return (low...high).map { Character(Unicode.Scalar($0)) }
  }
}
