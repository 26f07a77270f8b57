/// Makes values of simple types, in the unusual spellings too that XML Schema allows.
struct SampleValue {
  private let schema: SampleSchema
  private var state: UInt64
  private var ids = 0
  private var fitting: [[String]: [String]] = [:]

  init(_ schema: SampleSchema, seed: UInt64) {
    self.schema = schema
    state = seed
  }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  private mutating func one(of values: [String]) -> String { values[below(values.count)] }

  /// A value of an attribute's declaration.
  mutating func attribute(_ node: SampleSchema.Element) -> String {
    if let type = node.child("simpleType") { return value(type) }
    return node.name("type").map { named($0) } ?? "x"
  }

  private mutating func named(_ name: String) -> String {
    if let type = schema.find("type", name) { return value(type) }
    return builtIn(String(name.split(separator: "}").last ?? ""))
  }

  /// A value of a `simpleType` or of a `complexType` with simple content.
  mutating func value(_ type: SampleSchema.Element) -> String {
    if let list = type.child("list") { return list.name("itemType").map { named($0) } ?? "x" }
    if let union = type.child("union") { return united(union) }
    let holder = type.child("simpleContent") ?? type
    guard let step = holder.child("restriction", "extension") else { return "x" }
    let listed = step.children.filter { $0.kind == "enumeration" }.compactMap { $0["value"] }
    if !listed.isEmpty { return one(of: listed).replacing("&", with: "&amp;") }
    let patterns = step.children.filter { $0.kind == "pattern" }.compactMap { $0["value"] }
    if !patterns.isEmpty { return matching(patterns) }
    let value = step.name("base").map { named($0) } ?? step.child("simpleType").map { self.value($0) } ?? "x"
    return limited(value, step)
  }

  private mutating func united(_ union: SampleSchema.Element) -> String {
    if let inner = union.child("simpleType") { return value(inner) }
    let first = union["memberTypes"]?.split(separator: " ").first.map(String.init) ?? ""
    let parts = first.split(separator: ":").map(String.init)
    return named("{\(parts.count == 2 ? union.prefixes[parts[0]] ?? "" : union.target)}\(parts.last ?? "")")
  }

  private func limited(_ value: String, _ step: SampleSchema.Element) -> String {
    var value = value
    for facet in step.children {
      guard let limit = facet["value"] else { continue }
      switch facet.kind {
      case "length", "maxLength": value = String(value.prefix(Int(limit) ?? 0))
      case "minInclusive", "maxInclusive": value = limit
      default: break
      }
      if ["length", "minLength"].contains(facet.kind) {
        value += String(repeating: "x", count: max(0, (Int(limit) ?? 0) - value.count))
      }
    }
    return value
  }

  private mutating func matching(_ patterns: [String]) -> String {
    if fitting[patterns] == nil {
      let regexes = patterns.compactMap { try? Regex(literalAnchors($0)) }
      fitting[patterns] = Self.candidates.filter { text in
        regexes.contains { (try? $0.wholeMatch(in: text)) ?? nil != nil }
      }
    }
    let found = fitting[patterns] ?? []
    return found.isEmpty ? "x" : one(of: found)
  }

  /// Schemas know no anchors: `^` and `$` are characters like others.
  private func literalAnchors(_ pattern: String) -> String {
    pattern.hasPrefix("^") ? "\\" + pattern.dropLast() + "\\$" : pattern
  }

  private static let candidates = [
    "20260115103000", "19000228235959", "20991231000000", "20260115", "19121212", "202601", "2026", "103000",
    "202601151030", "191212121212", "^191212121212$", "true", "false", "x1", "A", "+46-123", "1.2.752", "1",
    "SE2321000016-A1B2",
    "0191f3c1-e000-7000-8000-000000000001", "0191f3c1-e000-4000-8000-000000000001",
  ]

  /// A value of one of XML Schema's own types.
  mutating func builtIn(_ name: String) -> String {
    switch name {
    case "boolean": one(of: ["true", "false", "1", "0", " true\n"])
    case "decimal": one(of: ["1.50", "+.5", "5.", "-0012.10", "0"])
    case "double", "float": one(of: ["1E5", "INF", "1.5", "-0.1e-3"])
    case "dateTime":
      one(of: ["2026-01-15T10:30:00", "2026-01-15T10:30:00.5Z", "2026-01-15T10:30:00+01:00"])
    case "date": one(of: ["2026-01-15", "2026-01-15+01:00", "2026-01-15Z"])
    case "time": one(of: ["10:30:00", "10:30:00Z"])
    case "anyURI": one(of: ["urn:x", "http://example.com/a b"])
    case "base64Binary": one(of: ["U2x1c3M=", "U2x1\n  c3M="])
    case "ID": nextID()
    case "NMTOKEN", "NCName", "QName", "Name", "language", "NMTOKENS": "sv"
    case "token", "normalizedString": "å b"
    case "string", "anyType", "anySimpleType": one(of: ["ett", "två rader\n\t  här", "  åäö "])
    default: one(of: ["7", "+7", "007"])
    }
  }

  private mutating func nextID() -> String {
    ids += 1
    return "id\(ids)"
  }
}
