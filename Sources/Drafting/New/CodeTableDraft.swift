import Diagnostics
import Mapping

/// A code table between the codes of a format and those of the hub, drafted from near names.
struct CodeTableDraft {
  /// The table's name, as lines use it.
  let name: String
  private let system: String
  private let rows: [(format: String, hub: String, use: String)]
  /// Codes of the format that nothing in the hub is near to.
  let unknown: [String]

  /// Tables are proposed for at most so many codes that were seen.
  private static let most = 12

  /// Whether codes were seen that a hub field with codes of its own does not take.
  static func isWanted(_ field: FormatField, _ hub: ScalarType) -> Bool {
    guard case .code(let codes) = hub, !codes.isEmpty, !field.values.isEmpty, field.values.count <= most,
      field.values.allSatisfy(ScalarType.code([]).accepts)
    else { return false }
    switch field.type {
    case .code(let own):
      return Set(own) != Set(codes) && !own.isEmpty || !Set(field.values).isSubset(of: codes)
    case .string: return !Set(field.values).isSubset(of: codes)
    default: return false
    }
  }

  init(name: String, system: String, _ field: FormatField, hub: ScalarType, words: NameWords) {
    self.name = name
    self.system = system
    let codes = if case .code(let codes) = hub { codes } else { [String]() }
    var rows: [(format: String, hub: String, use: String)] = []
    var unknown: [String] = []
    for value in field.values {
      guard let near = Self.near(value, codes, words) else {
        unknown.append(value)
        continue
      }
      rows.append((value, near, rows.contains { $0.hub == near } ? "in" : ""))
    }
    for code in codes where !rows.contains(where: { $0.hub == code }) { rows.append(("", code, "out")) }
    self.rows = rows
    self.unknown = unknown
  }

  /// Whether every code that was seen has a row.
  var isComplete: Bool { unknown.isEmpty }

  private static func near(_ value: String, _ codes: [String], _ words: NameWords) -> String? {
    let bare = { (text: String) in NameWords.split(text.lowercased()).joined() }
    if let same = codes.first(where: { bare($0) == bare(value) }) { return same }
    let meanings = words.knowledge.words.filter { $0.phrase.joined() == bare(value) }.map(\.hub)
    if let known = codes.first(where: { code in meanings.contains { bare($0) == bare(code) } }) {
      return known
    }
    return value.count >= 4 ? NearNames.of(value, among: codes, within: value.count / 4).first : nil
  }

  /// The file's text.
  var text: String {
    var lines = ["\(Self.cell(system)),hub,use"]
    if !unknown.isEmpty { lines.append("# Write a code of the hub behind each, and take the `#` away.") }
    lines += unknown.map { "# \(Self.cell($0)),?," }
    if rows.contains(where: { $0.format.isEmpty }) {
      lines += rows.filter { !$0.format.isEmpty }.map(Self.line)
      lines.append("# Codes of the hub that this system has none for: absent on the way out.")
      return (lines + rows.filter { $0.format.isEmpty }.map(Self.line)).joined(separator: "\n") + "\n"
    }
    return (lines + rows.map(Self.line)).joined(separator: "\n") + "\n"
  }

  private static func line(_ row: (format: String, hub: String, use: String)) -> String {
    "\(cell(row.format)),\(cell(row.hub)),\(row.use)"
  }

  /// RFC 4180; a first cell that looks like a comment is quoted too.
  private static func cell(_ text: String) -> String {
    let isBare = !text.contains { ",\"\n\r".contains($0) } && !text.hasPrefix("#")
    return isBare ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
