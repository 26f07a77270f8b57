public import Diagnostics
public import Mapping
import YAML

/// What an operator's file says about names: `hub/drafting.yaml` in the folder of mappings. Without it, names
/// are
/// compared as they are.
public struct DraftingKnowledge: Sendable {
  /// Where the file lies in the folder of mappings.
  public static let path = "hub/drafting.yaml"

  /// The resource that a document is about when nothing says more.
  private(set) var main: String?
  /// Resource types and the words for them, in the order of the file.
  private(set) var resources: [(type: String, phrases: [[String]])] = []
  /// Where a resource refers to another, in the order of the file.
  private(set) var links: [(type: String, path: String, target: String)] = []
  /// The hub's words by what other systems say, each a phrase of one or several words.
  private(set) var words: [(phrase: [String], hub: String)] = []
  /// Words that tell nothing.
  private(set) var quiet: Set<String> = []
  /// Words of the hub's paths that say little, such as those inside of a coded concept.
  private(set) var weak: Set<String> = []
  /// Fields and types of the hub that are never proposed.
  private(set) var skipped: Set<String> = []
  /// Repetitions that are proposed through slices only.
  private(set) var sliced: Set<String> = []
  /// What stands in required fields, by type and path.
  private(set) var defaults: [String: String] = [:]

  /// Knows nothing.
  public init() {}

  /// Reads the file.
  /// - Throws: what is wrong with it.
  public init(_ file: ConfigurationFile) throws(Diagnostic) {
    let node = try YAMLReader.read(file.text, file: file.path)
    let keys = ["main", "resources", "links", "words", "quiet", "weak", "skip", "sliced", "defaults"]
    for entry in node.entries ?? [] {
      guard keys.contains(entry.name) else {
        let near = NearNames.of(entry.name, among: keys)
        throw Diagnostic(.unknownKey(key: entry.name, near: near, allowed: keys), at: entry.key.place)
      }
      try take(entry)
    }
  }

  private mutating func take(_ entry: YAMLNode.Entry) throws(Diagnostic) {
    switch entry.name {
    case "main": main = entry.value.text
    case "resources":
      resources = try pairs(entry).map { ($0.name, Self.list($0.value).map(NameWords.split)) }
    case "links": try takeLinks(entry)
    case "words":
      for pair in try pairs(entry) {
        words += Self.list(pair.value).map { (NameWords.split($0), pair.name.lowercased()) }
      }
    case "quiet": quiet = Set(Self.list(entry.value))
    case "weak": weak = Set(Self.list(entry.value))
    case "skip": skipped = Set(Self.list(entry.value))
    case "sliced": sliced = Set(Self.list(entry.value))
    default: for pair in try pairs(entry) { defaults[pair.name] = pair.value.text }
    }
  }

  private mutating func takeLinks(_ entry: YAMLNode.Entry) throws(Diagnostic) {
    for pair in try pairs(entry) {
      let parts = pair.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let target = pair.value.text else {
        throw Diagnostic(.expectedForm(what: "a link", form: "`Type.path: Type`"), at: pair.key.place)
      }
      links.append((parts[0], parts[1], target))
    }
  }

  private func pairs(_ entry: YAMLNode.Entry) throws(Diagnostic) -> [YAMLNode.Entry] {
    guard let entries = entry.value.entries else {
      let form = "`name: …` lines"
      throw Diagnostic(.expectedForm(what: "`\(entry.name)`", form: form), at: entry.value.place)
    }
    return entries
  }

  private static func list(_ node: YAMLNode) -> [String] {
    node.items?.compactMap(\.text) ?? node.text.map { [$0] } ?? []
  }
}
