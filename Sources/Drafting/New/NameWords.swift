import Diagnostics

/// The words that a name is made of, and whether two words mean the same.
struct NameWords {
  let knowledge: DraftingKnowledge

  /// Cuts `personalNumber`, `personal_number` and `PersonalNumber` into `personal`, `number`.
  static func split(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    for character in name {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        word = ""
        previous = " "
        continue
      }
      if character.isUppercase, !previous.isUppercase, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word += character.lowercased()
      previous = character
    }
    return word.isEmpty ? words : words + [word]
  }

  /// A name's words and the hub's words for them, quiet ones left out unless there is nothing else.
  func words(of name: String) -> [Set<String>] {
    let split = Self.split(name)
    let telling = split.filter { !knowledge.quiet.contains($0) }
    return (telling.isEmpty ? split : telling).map { meanings(of: $0, in: split) }
  }

  /// A word and what the hub may call it; a phrase counts for each of its words.
  private func meanings(of word: String, in name: [String]) -> Set<String> {
    var meanings: Set = [word]
    for (phrase, hub) in knowledge.words where phrase.contains(where: { Self.same($0, word) }) {
      if phrase.allSatisfy({ part in name.contains { Self.same(part, $0) } }) { meanings.insert(hub) }
    }
    return meanings
  }

  /// The resource types that a name mentions, and which of its words do.
  func mentions(_ name: String) -> [(type: String, words: Set<String>)] {
    let split = Self.split(name)
    return knowledge.resources.compactMap { type, phrases in
      let found = phrases.filter { phrase in
        phrase.allSatisfy { part in split.contains { Self.same(part, $0) } }
      }
      guard let longest = found.max(by: { $0.count < $1.count }) else { return nil }
      return (type, Set(split.filter { word in longest.contains { Self.same($0, word) } }))
    }
  }

  /// Equal, but for a plural's `s` or, in long words, one letter.
  static func same(_ a: String, _ b: String) -> Bool {
    if a == b || a + "s" == b || b + "s" == a { return true }
    return min(a.count, b.count) >= 8 && abs(a.count - b.count) <= 1
      && !NearNames.of(a, among: [b], within: 1).isEmpty
  }

  static func meet(_ meanings: Set<String>, _ word: String) -> Bool {
    meanings.contains { same($0, word) }
  }
}
