import Mapping

/// Well-known types that a pattern makes evident.
enum PatternNarrowing {
  /// A text narrowed by the patterns of one derivation step, of which one must match.
  static func narrow(_ value: SchemaValue, by patterns: [String]) -> SchemaValue {
    var forms: [PatternForms.Form] = []
    for pattern in patterns {
      guard let more = PatternForms.of(pattern) else { return described(value, by: patterns) }
      forms += more
    }
    guard !forms.isEmpty else { return value }
    return codes(forms) ?? time(forms) ?? described(value, by: patterns)
  }

  private static func time(_ forms: [PatternForms.Form]) -> SchemaValue? {
    let ours = forms.filter { $0.first != ["-"] }
    guard ours.allSatisfy({ fits($0, digits) }) else { return nil }
    switch Set(ours.map(\.count)) {
    case [14]:
      let type = "local-time(Europe/Stockholm, YYYYMMDDhhmmss)"
      return SchemaValue(type: type, family: .other, notes: [.localTimes])
    case [8]: return SchemaValue(type: "date(YYYYMMDD)", family: .other, notes: [.dates])
    case [4, 6, 8]: return SchemaValue(type: "date(YYYYMMDD, partial)", family: .other, notes: [.dates])
    default: return nil
    }
  }

  /// What may stand at each position of YYYYMMDDhhmmss at most: enough to tell a date from other digits.
  private static let digits: [Set<Character>] = {
    let any = "0123456789"
    return [any, any, any, any, "01", any, "0123", any, "012", any, "012345", any, "012345", any].map(
      Set.init)
  }()

  private static func fits(_ form: PatternForms.Form, _ digits: [Set<Character>]) -> Bool {
    form.count <= digits.count && zip(form, digits).allSatisfy { $0?.isSubset(of: $1) ?? false }
  }

  /// Words alone: `true|false`.
  private static func codes(_ forms: [PatternForms.Form]) -> SchemaValue? {
    let words = forms.compactMap { form -> String? in
      let characters = form.compactMap { $0?.count == 1 ? $0?.first : nil }
      return characters.count == form.count ? String(characters) : nil
    }
    guard words.count == forms.count else { return nil }
    return CodeList.value(words)
  }

  /// What the shape itself can describe; patterns of other kinds are left to the schema.
  private static func described(_ value: SchemaValue, by patterns: [String]) -> SchemaValue {
    let pattern = patterns.count == 1 ? patterns[0] : patterns.map { "(\($0))" }.joined(separator: "|")
    let type = "pattern(\(pattern))"
    let isOurs = !patterns.contains(where: meansMore) && ScalarType(parsing: type) != nil
    return value.isFree && isOurs ? SchemaValue(type: type, family: .other) : value
  }

  /// In XML Schema `^` and `$` are ordinary characters, and `-[` takes characters away; in YAML ` #` begins a remark and `: `
  /// a value.
  private static func meansMore(_ pattern: String) -> Bool {
    pattern.hasPrefix("^") || pattern.hasSuffix("$") || ["-[", " #", ": "].contains { pattern.contains($0) }
  }
}
