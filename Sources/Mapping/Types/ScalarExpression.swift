// What types of values look like in a shape, for editors; `init(parsing:)` reads them.
extension ScalarType {
  /// The types that are one word.
  static let words = keywords.filter { ScalarType(parsing: $0) != nil }.sorted()

  /// A regular expression of all types but fixed values.
  static let expression =
    "(?:"
    + (words
    + keywords.sorted().compactMap { word in arguments(of: word).map { word + #"\("# + $0 + #"\)"# } })
    .joined(separator: "|") + ")"

  /// What may stand in the brackets.
  private static func arguments(of keyword: String) -> String? {
    switch keyword {
    case "code": ".+"
    case "date": "(?:partial|YYYYMMDD|YYYYMMDD, *partial)"
    case "decimal": "comma"
    case "instant": "partial"
    case "pattern": ".+"
    case "string", "text": "[1-9][0-9]*"
    case "local-time": "[^,()]+(?:, *(?:YYYYMMDDhhmmss|HL7|HL7, *partial))?"
    default: nil
    }
  }
}
